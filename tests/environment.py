"""The settings every test runs with. The keys are worthless: they open nothing but test data."""

ENVIRONMENT = {
    "GAPURA_ENVIRONMENT": "test",
    "GAPURA_PUBLIC_URL": "http://localhost:8000",
    "GAPURA_SECRET_KEY": "a key that signs the forms of the tests and nothing else",
    "GAPURA_DATA_KEYS": "1:dGVzdHMgc2VhbCB0aGVpciBjb2x1bW5zIHdpdGggdGg=",
    "GAPURA_LOOKUP_KEY": "dGVzdHMgbG9vayBjb2x1bW5zIHVwIHdpdGggdGhpcyE=",
    "GAPURA_LOG_KEY": "dGVzdHMgc2lnbiB0aGUgbG9nIHdpdGggdGhpcyBvbmU=",
    "GAPURA_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
}
"""A test run replaces the database by a real one (conftest.py); type checks need only its name."""
