"""The append-only log: events, sealer, tree, checkpoints, proofs. Imports no other room."""
