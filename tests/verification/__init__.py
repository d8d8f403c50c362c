"""The model against queueing theory: where a formula is known, the simulated mean must be equivalent to it."""
