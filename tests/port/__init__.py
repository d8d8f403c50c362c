"""The port as frozen values."""
