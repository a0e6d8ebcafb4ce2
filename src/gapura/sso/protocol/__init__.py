"""The protocol without I/O: parsed requests and records go in, replies and writes come out."""
