"""Budgets, limits, advances and recipients: what is planned, promised, out, and how far something may go."""
