"""One module for each area of measurement."""
