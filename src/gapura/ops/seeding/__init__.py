"""What the demo is filled with: its personas and its sample data, made through the services."""
