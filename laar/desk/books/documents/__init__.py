"""Documents: written, shown, printed."""
