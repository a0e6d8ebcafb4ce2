"""Witnesses: the server in the box, and asking others to cosign."""
