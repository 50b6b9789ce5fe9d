"""The web for people at a desk: shows what the floors below compute; holds no rule, no query and no table."""
