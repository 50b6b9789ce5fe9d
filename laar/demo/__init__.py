"""A demonstration: fictional people in real places, told through the same actions as any user's, in order of time."""
