"""Tests of the pages under /letters."""
