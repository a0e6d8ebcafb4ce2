"""The offline verifier: standard library and cryptography only. Bundles carry it as one file."""
