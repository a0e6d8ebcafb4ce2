"""Orders: the boards of each role, one page per order, and a page for each step of it."""
