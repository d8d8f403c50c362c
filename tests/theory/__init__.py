"""Queueing theory held to itself: every formula and solver where another says the same, and long simulations."""
