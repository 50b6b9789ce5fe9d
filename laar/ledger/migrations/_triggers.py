"""What the database itself refused in the books when 0004 to 0008 were written. History: never changed any more.

What comes later is listed in `laar/ledger/triggers.py` and installed by a migration that names it itself; a test compares
that list with what the migrations made, step by step.
"""

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

#: Only the worth of a currency changes in the book, and no coin moves: then in all lines of the entry.
REVALUED = (
    "EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id AND units = 0) "
    "AND EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id AND units <> 0)"
)

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
]
