"""Refusals of the room, as sentences."""
