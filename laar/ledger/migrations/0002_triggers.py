"""What the database itself refused in the books at first; 0004 installs them anew, over the tables that came with it."""

from django.db import migrations

from laar.base.triggers import Trigger, Triggers, insert_only

UNBALANCED = (
    "(SELECT COUNT(*) FROM ledger_posting WHERE entry_id = NEW.id) < 2 "
    "OR EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id GROUP BY currency HAVING SUM(units) <> 0) "
    "OR (SELECT SUM(in_book) FROM ledger_posting WHERE entry_id = NEW.id) <> 0"
)

TORN = (
    "EXISTS (SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id JOIN ledger_book b ON b.id = a.book_id "
    "WHERE p.entry_id = NEW.id AND (a.book_id <> NEW.book_id OR p.programme_id <> NEW.programme_id "
    'OR p."on" <> NEW."on" OR (p.currency = b.currency AND p.units <> p.in_book)))'
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
    *insert_only("ledger_entry", "entry.final"),
    *insert_only("ledger_posting", "entry.final"),
]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [Triggers(TRIGGERS)]
