"""Writes of the room: one verb each."""
