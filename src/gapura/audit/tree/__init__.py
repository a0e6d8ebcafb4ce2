"""The signed tree: Merkle hashes, notes, cosignatures, proofs, and who is trusted."""
