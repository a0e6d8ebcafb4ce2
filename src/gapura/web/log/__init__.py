"""Pages about the log that need no account: whoever holds a receipt checks it here."""
