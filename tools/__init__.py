"""What builds and checks gapura; nothing here is part of the installed package."""
