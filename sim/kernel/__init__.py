"""Floor 1: time, chance and waiting lines. Nothing here has heard of ports."""
