"""Django's engine for PostgreSQL without costs that every request would pay."""
