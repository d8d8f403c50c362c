"""Floor 9: the command line, the only place that prints. Heavy imports are inside the commands."""
