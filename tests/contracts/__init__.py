"""Contracts that every policy keeps. A new policy needs nothing here but its cases file."""
