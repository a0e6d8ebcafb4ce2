"""Looking through the log: filters, timelines, kept searches."""
