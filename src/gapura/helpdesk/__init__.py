"""Cases people send when they cannot go on alone."""
