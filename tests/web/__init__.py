"""Tests of the web room, one folder for each area."""
