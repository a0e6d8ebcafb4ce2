"""Tests of supplier performance."""
