"""The secrets of second factors that lie readable in the database are hidden."""

from django.db import migrations

from laar.base.people.secrets import hide


def hide_all(factors):
    for factor in factors.order_by("pk"):
        for name in {"secret", "seed"} & set(factor.data):
            factor.data[name] = hide(factor.data[name])
        if "migrated_codes" in factor.data:
            factor.data["migrated_codes"] = [hide(code) for code in factor.data["migrated_codes"]]
        factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("base", "0007_roles"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [
        migrations.RunPython(
            lambda apps, _editor: hide_all(apps.get_model("mfa", "Authenticator").objects), migrations.RunPython.noop
        )
    ]
