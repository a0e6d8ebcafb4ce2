"""Tests of the catalog's pages."""
