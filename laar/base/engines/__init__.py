"""Django's two database engines with the run-time guard on every connection they open."""
