"""Floor 7: a table in, a figure out. The only place with matplotlib; the words come from sim.words."""
