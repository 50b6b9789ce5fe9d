"""The guarded engine; see `base.py` beside it."""
