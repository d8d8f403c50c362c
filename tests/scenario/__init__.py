"""Tests of floor 5: YAML in, timeline of ports out."""
