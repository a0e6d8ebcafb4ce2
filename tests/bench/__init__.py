"""Tests of what measures gapura."""
