"""Ground tools without a table: money, periods, states, figures, names, sheets, refusals, uids."""
