"""How numbers, days and names are said: the reports' rules, which hold on a page as on paper."""

from laar.reports.said import amount, day, digits, figure, instant, language, name, number

__all__ = ["amount", "day", "digits", "figure", "instant", "language", "name", "number"]
