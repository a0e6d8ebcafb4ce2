"""The upload gate and the sealed store, tried with honest and hostile files."""
