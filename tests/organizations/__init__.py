"""Tests of the organizations room."""
