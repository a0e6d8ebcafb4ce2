"""Tests of the pages under /company."""
