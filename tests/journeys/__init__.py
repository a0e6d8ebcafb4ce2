"""Tests of acts that cross rooms."""
