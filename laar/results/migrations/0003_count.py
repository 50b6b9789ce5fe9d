"""The lengths of the lists, of what was written before they were kept."""

from django.db import migrations
from django.db.models import Count

from laar.base.guard import open_door

#: What was counted when this was written.
TABLES = {
    "events": ("Event", "Request", "Course", "Advice", "Decision"),
    "plans": ("Plan", "Line"),
    "projects": ("Project", "Tranche", "Voucher"),
    "ledger": ("Entry",),
    "results": ("Story",),
}


def count(apps, _schema_editor):
    counts = apps.get_model("results", "ListCount")
    for app, names in TABLES.items():
        for name in names:
            with open_door():
                counts.objects.bulk_create(_counted(counts, apps.get_model(app, name)))


def _counted(counts, model):
    has = {field.name for field in model._meta.concrete_fields}
    keys = [name for name in ("kind", "state") if name in has]
    rows = model.objects.order_by().values("programme_id", *keys).annotate(records=Count("pk"))
    nothing = {"kind": "", "state": "", "table": model._meta.label_lower}
    return [counts(**{**nothing, **row}) for row in rows]


class Migration(migrations.Migration):
    dependencies = [
        ("results", "0002_lists"),
        ("events", "0002_lists"),
        ("plans", "0002_lists"),
        ("projects", "0002_lists"),
        ("ledger", "0003_lists"),
    ]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
