"""The lists as the desk shows them: one page, one table, one file for every register."""
