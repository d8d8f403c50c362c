"""What queueing theory says of waiting lines in steady state, in closed form or to solver precision."""
