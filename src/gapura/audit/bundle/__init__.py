"""Proof in hand: the bundle that `gapura audit export` writes."""
