"""One's own account: profile, contacts, ways of signing in, access, notices, activity."""
