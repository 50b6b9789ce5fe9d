"""How Hypothesis looks for counter-examples here: without a clock, because a busy machine is no fault of the code."""

from hypothesis import settings

settings.register_profile("house", deadline=None, max_examples=75)
settings.load_profile("house")
