"""HTML pages; the first word of a URL is the area."""
