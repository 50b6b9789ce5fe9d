"""The books: accounts, funds, purposes, dated rates, and entries that balance or are refused. Knows no project."""
