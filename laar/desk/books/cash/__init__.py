"""Rates, cash boxes, bank accounts, and the months that are closed."""
