"""gapura: one account for Indonesia's government procurement."""

__version__ = "0.1.0"
