"""What the database itself refuses in the books."""

from django.db import migrations

from laar.base.triggers import Triggers
from laar.ledger.triggers import TRIGGERS


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [Triggers(TRIGGERS)]
