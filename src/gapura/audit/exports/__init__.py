"""Files of entries for people: CSV, XLSX, JSON, Parquet."""
