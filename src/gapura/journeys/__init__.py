"""Acts that cross rooms: registration, activation, recovery, escalation."""
