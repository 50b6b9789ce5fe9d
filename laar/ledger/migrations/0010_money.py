from django.db import migrations, models

from laar.base.triggers import NoTriggers, Trigger, Triggers
from laar.ledger.migrations._triggers import TRIGGERS as EARLIER

#: As it was when this was written: lines without a coin stand beside lines with coins where the last of a currency goes.
REVALUED = (
    "EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id AND units <> 0) AND ("
    "COALESCE((SELECT SUM(in_book) FROM ledger_posting WHERE entry_id = NEW.id AND units = 0), 0) <> 0 "
    "OR EXISTS (SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id "
    "WHERE p.entry_id = NEW.id AND p.units = 0 AND a.use <> 'gain' AND NOT EXISTS (SELECT 1 FROM ledger_posting m "
    "WHERE m.entry_id = NEW.id AND m.account_id = p.account_id AND m.currency = p.currency AND m.units <> 0)))"
)
#: They look at the table of the books, which SQLite makes anew.
OF_BOOKS = [one for one in EARLIER if "ledger_book " in one.when]


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0009_eyes"),
    ]

    operations = [
        NoTriggers({one.name: one.table for one in OF_BOOKS}),
        migrations.AddField(
            model_name="book",
            name="rate_source",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="kept with the rates of"
            ),
        ),
        Triggers([*OF_BOOKS, Trigger("entry_revalues_or_moves", "ledger_entry", "INSERT", REVALUED, "entry.torn")]),
    ]
