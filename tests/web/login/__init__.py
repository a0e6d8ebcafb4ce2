"""Tests of the pages under /login."""
