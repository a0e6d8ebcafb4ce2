"""Help: guides, questions and answers, the way to the administrator, legal texts."""
