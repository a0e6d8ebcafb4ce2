"""Plain data and functions of the room."""
