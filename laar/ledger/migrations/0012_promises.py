from django.db import migrations

from laar.base.triggers import Triggers, insert_only


class Migration(migrations.Migration):
    """A forecast is written down once, as every other record of money."""

    dependencies = [
        ("ledger", "0011_budgets"),
    ]

    operations = [
        Triggers(
            [
                *insert_only("ledger_budgetforecast", "forecast.final"),
                *insert_only("ledger_forecastamount", "forecast.final"),
            ]
        ),
    ]
