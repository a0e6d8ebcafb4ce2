"""Proofs for readers: where an entry stands, receipts, and whether the log may be believed."""
