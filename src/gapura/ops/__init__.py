"""The gapura command: serve, worker, seed, personas, backup, audit verify, health."""
