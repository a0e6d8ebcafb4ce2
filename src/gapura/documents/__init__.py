"""Files people hand in: one upload gate, sealed bytes in PostgreSQL, safe previews."""
