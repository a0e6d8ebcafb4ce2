"""Tests about the house itself, generated from its tables, its sources and its documents."""
