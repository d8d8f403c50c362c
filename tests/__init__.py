"""Tests mirror sim/; what several of them share lives here."""
