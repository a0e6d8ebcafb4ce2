"""Signing checkpoints: the signer's own process, its state, and the loop that asks it."""
