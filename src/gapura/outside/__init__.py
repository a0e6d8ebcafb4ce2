"""The outer world: bounded calls to other authorities' services, and the holiday calendar."""
