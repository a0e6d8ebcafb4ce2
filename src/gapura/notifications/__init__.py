"""Mail and in-app notices, sent after the change that caused them is committed."""
