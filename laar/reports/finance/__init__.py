"""The financial reports to donors: what they reckon, and how they are set as pages, spreadsheets and paper."""
