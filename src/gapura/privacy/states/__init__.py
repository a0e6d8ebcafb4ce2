"""State tables of the room."""
