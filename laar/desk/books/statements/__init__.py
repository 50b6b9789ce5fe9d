"""The hub of the books, and the statements: pages, workbooks and paper."""
