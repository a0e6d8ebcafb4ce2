"""Passwords, second factors, sessions and recovery."""
