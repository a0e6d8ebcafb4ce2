"""Measures what gapura costs: CPU time and ratios, on a server that really runs."""
