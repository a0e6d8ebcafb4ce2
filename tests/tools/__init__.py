"""Tests of what sets gapura up and checks it."""
