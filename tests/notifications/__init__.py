"""Tests of the helpdesk room."""
