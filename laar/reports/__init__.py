"""What is told to others: the reference sheet, and later every other report; writes only what it issued."""
