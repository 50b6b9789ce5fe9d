"""What came of it: the stage of a request, the way of the money, the trace of a figure."""
