"""Tests of the pages under /recover."""
