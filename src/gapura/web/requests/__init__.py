"""Asking for access, and the verifiers' desk."""
