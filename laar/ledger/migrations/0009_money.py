from django.db import migrations, models

from laar.base.triggers import NoTriggers, Triggers
from laar.ledger.triggers import TRIGGERS


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_budgets"),
    ]

    operations = [
        NoTriggers({one.name: one.table for one in TRIGGERS}),  # SQLite makes the table of the books anew
        migrations.AddField(
            model_name="book",
            name="rate_source",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="kept with the rates of"
            ),
        ),
        Triggers(TRIGGERS),  # with entry_revalues_or_moves as it is now
    ]
