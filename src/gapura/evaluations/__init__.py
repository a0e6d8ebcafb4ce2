"""What buyers say of a supplier after the handover, and what its orders say of it."""
