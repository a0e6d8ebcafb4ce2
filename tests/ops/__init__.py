"""Tests of the gapura command and of what starts and checks it."""
