"""What the database itself refuses in the books. Postings come first, the entry last: its trigger sums them."""

from laar.base.triggers import Trigger, insert_only

UNBALANCED = (
    "(SELECT COUNT(*) FROM ledger_posting WHERE entry_id = NEW.id) < 2 "
    "OR EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id GROUP BY currency HAVING SUM(units) <> 0) "
    "OR (SELECT SUM(in_book) FROM ledger_posting WHERE entry_id = NEW.id) <> 0"
)

TRIGGERS = [
    Trigger("entry_balances", "ledger_entry", "INSERT", UNBALANCED, "entry.unbalanced"),
    Trigger(
        "posting_before_entry",
        "ledger_posting",
        "INSERT",
        "EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id)",
        "entry.final",
    ),
    *insert_only("ledger_entry", "entry.final"),
    *insert_only("ledger_posting", "entry.final"),
]
