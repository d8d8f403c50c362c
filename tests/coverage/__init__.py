"""How often the 95 % intervals of the program hold the true value: the study behind docs/intervals.md."""
