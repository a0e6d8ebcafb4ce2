"""Endpoints for machines."""
