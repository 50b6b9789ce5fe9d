"""Doing: one view asks what an action needs, says what it will change, and does it."""
