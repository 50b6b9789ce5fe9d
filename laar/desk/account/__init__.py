"""Signing in, and who works here."""
