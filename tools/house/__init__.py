"""Walks the house and writes down what it finds: docs/house.md and the table of rights."""
