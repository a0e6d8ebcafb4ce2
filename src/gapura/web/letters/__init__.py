"""Pages of the register of appointment letters."""
