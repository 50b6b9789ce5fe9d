"""The triggers of the trail, and the one row of the installation."""

from django.db import migrations

from laar.base.guard import open_door
from laar.base.trail_triggers import TRIGGERS
from laar.base.triggers import Triggers


def make_the_installation(apps, _schema_editor):
    with open_door():
        apps.get_model("base", "Installation").objects.create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [
        migrations.RunPython(make_the_installation, migrations.RunPython.noop),
        Triggers(TRIGGERS),
    ]
