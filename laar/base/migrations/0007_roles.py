"""A role may be taken back on the day on which it begins, and says whether somebody gave it to themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0006_invitations")]
    operations = [
        migrations.AddField(
            model_name="role",
            name="is_own_gift",
            field=models.BooleanField(db_default=False, default=False, verbose_name="given to oneself, alone"),
        ),
        migrations.RemoveConstraint(model_name="role", name="role_ends_after_it_begins"),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="role_ends_not_before_it_begins",
                violation_error_code="period.reversed",
            ),
        ),
    ]
