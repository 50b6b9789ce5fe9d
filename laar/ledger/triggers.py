"""What the database itself refuses in the books. Postings come first, the entry last: its trigger sums them."""

from laar.base.triggers import Trigger, insert_only

UNBALANCED = (
    "(SELECT COUNT(*) FROM ledger_posting WHERE entry_id = NEW.id) < 2 "
    "OR EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id GROUP BY currency HAVING SUM(units) <> 0) "
    "OR (SELECT SUM(in_book) FROM ledger_posting WHERE entry_id = NEW.id) <> 0"
)

TORN = (
    "EXISTS (SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id JOIN ledger_book b ON b.id = a.book_id "
    "WHERE p.entry_id = NEW.id AND (a.book_id <> NEW.book_id OR p.programme_id <> NEW.programme_id "
    'OR p."on" <> NEW."on" OR (p.currency = b.currency AND p.units <> p.in_book) '
    "OR (a.currency <> '' AND p.currency <> a.currency)))"
)

#: A budget line is charged by costs of its own fund, and its heading is copied beside it.
MISCHARGED = (
    "(NEW.line_id IS NULL AND NEW.heading_id IS NOT NULL) OR (NEW.line_id IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM ledger_account a, ledger_budgetline l "
    "JOIN ledger_budget b ON b.id = l.budget_id WHERE a.id = NEW.account_id AND l.id = NEW.line_id "
    "AND a.kind = 'expense' AND b.fund_id = NEW.fund_id AND l.heading_id = NEW.heading_id))"
)

#: A closed month takes nothing in, whoever writes; closing and posting hold the same row of the book.
CLOSED = 'EXISTS (SELECT 1 FROM ledger_book b WHERE b.id = NEW.book_id AND b.open_from IS NOT NULL AND NEW."on" < b.open_from)'

#: Lines without a coin change only the worth of a currency in the book. Beside lines with coins they are what an account
#: lost with the last of its currency, and the gain or loss that it made: they balance among themselves, on an account
#: that moves in this entry and on one for gains.
REVALUED = (
    "EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id AND units <> 0) AND ("
    "COALESCE((SELECT SUM(in_book) FROM ledger_posting WHERE entry_id = NEW.id AND units = 0), 0) <> 0 "
    "OR EXISTS (SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id "
    "WHERE p.entry_id = NEW.id AND p.units = 0 AND a.use <> 'gain' AND NOT EXISTS (SELECT 1 FROM ledger_posting m "
    "WHERE m.entry_id = NEW.id AND m.account_id = p.account_id AND m.currency = p.currency AND m.units <> 0)))"
)

#: What is written down once: what was counted, at what was converted, how a budget was changed, what a document posts.
WRITTEN_ONCE = [
    *insert_only("ledger_rate", "rate.final"),
    *insert_only("ledger_budgetchange", "budget.final"),
    *insert_only("ledger_budgetforecast", "forecast.final"),
    *insert_only("ledger_forecastamount", "forecast.final"),
    *insert_only("ledger_cashcount", "count.final"),
    *insert_only("ledger_difference", "entry.final"),
    *insert_only("ledger_documentline", "document.lines_final"),
    Trigger(
        "documentline_while_prepared",
        "ledger_documentline",
        "INSERT",
        "EXISTS (SELECT 1 FROM ledger_document d WHERE d.id = NEW.document_id AND d.state <> 'prepared')",
        "document.lines_final",
    ),
]

TRIGGERS = [
    Trigger("entry_is_of_one_book", "ledger_entry", "INSERT", TORN, "entry.torn"),
    Trigger("entry_balances", "ledger_entry", "INSERT", UNBALANCED, "entry.unbalanced"),
    Trigger(
        "posting_before_entry",
        "ledger_posting",
        "INSERT",
        "EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id)",
        "entry.final",
    ),
    Trigger("entry_revalues_or_moves", "ledger_entry", "INSERT", REVALUED, "entry.torn"),
    Trigger("entry_in_open_month", "ledger_entry", "INSERT", CLOSED, "entry.month_closed"),
    Trigger("posting_on_its_line", "ledger_posting", "INSERT", MISCHARGED, "entry.mischarged"),
    *insert_only("ledger_entry", "entry.final"),
    *insert_only("ledger_posting", "entry.final"),
    *insert_only("ledger_budgetmove", "budget.final"),
    *insert_only("ledger_commitmentmove", "commitment.final"),
    *WRITTEN_ONCE,
]
