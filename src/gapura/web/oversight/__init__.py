"""Oversight: alerts, their rules and webhooks, and the dashboards."""
