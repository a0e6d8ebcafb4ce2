"""Agencies, units, companies, appointment letters and reference data."""
