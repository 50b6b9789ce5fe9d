"""What every page needs."""
def page(request): return {}
