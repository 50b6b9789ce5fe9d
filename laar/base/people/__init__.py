"""The people who work here: how they get in, and how they are kept out."""
