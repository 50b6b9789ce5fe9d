"""What the trail costs: ratios measured in one run, `python -m bench`."""
