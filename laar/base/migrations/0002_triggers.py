"""The triggers of the trail, and the one row of the installation.

They stand here as they were then: whoever changes laar/base/trail_triggers.py adds a migration.
"""

from django.db import migrations

from laar.base.guard import open_door
from laar.base.triggers import Trigger, Triggers, insert_only

LINE = ("id", "by_id", "verb", '"table"', "key", "at", '"on"', "is_simulated", "command", "cause_id", "digest")
ROW = ("id", "line_id", '"table"', "key", "digest")


def _differ(columns: tuple[str, ...], distinct: str) -> str:
    return "(" + " OR ".join(f"NEW.{column} {distinct} OLD.{column}" for column in columns) + ")"


#: A line: only the seal may be set, and only once.
SEAL_ONCE = "OLD.seal_id IS NOT NULL OR NEW.seal_id IS NULL OR "
#: A row: payload and salt may be blanked together, and nothing else.
BLANKED = "NEW.before IS NOT NULL OR NEW.after IS NOT NULL OR NEW.salt <> '' OR "

TRIGGERS = [
    Trigger(
        "trailline_sealed_once",
        "base_trailline",
        "UPDATE",
        SEAL_ONCE + _differ(LINE, "IS NOT"),
        "trail.insert_only",
        SEAL_ONCE + _differ(LINE, "IS DISTINCT FROM"),
    ),
    Trigger(
        "trailrow_blanked_only",
        "base_trailrow",
        "UPDATE",
        BLANKED + _differ(ROW, "IS NOT"),
        "trail.insert_only",
        BLANKED + _differ(ROW, "IS DISTINCT FROM"),
    ),
    *[trigger for trigger in insert_only("base_trailline", "trail.insert_only") if trigger.event == "DELETE"],
    *[trigger for trigger in insert_only("base_trailrow", "trail.insert_only") if trigger.event == "DELETE"],
    *insert_only("base_seal", "trail.insert_only"),
]


def make_the_installation(apps, _schema_editor):
    with open_door():
        apps.get_model("base", "Installation").objects.create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [
        migrations.RunPython(make_the_installation, migrations.RunPython.noop),
        Triggers(TRIGGERS),
    ]
