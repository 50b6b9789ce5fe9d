"""Commands of the desk that other doors call by name."""
