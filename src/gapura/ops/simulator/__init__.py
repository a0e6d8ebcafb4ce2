"""`gapura simulator`: plays every authority for the demo and the tests, also badly."""
