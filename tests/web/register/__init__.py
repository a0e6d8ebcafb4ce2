"""Tests of the pages under /register."""
