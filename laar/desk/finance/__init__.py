"""The financial reports to donors on the desk: the list, a report as a page, its explanations, its files, a quarter."""
