"""Pages about the log that need no account."""
