import json
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from laar.base.act import act
from laar.base.actions import grant_role, register_user
from laar.base.images import image
from laar.base.models import Evidence, TrailLine, TrailRow, User
from laar.base.queries import installation
from laar.base.recorded import recorded_models
from laar.base.rollups import rollups
from laar.base.trail import history, row_digest
from laar.base.verify import verify
from laar.kit.names import Name
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest


def test_no_secret_is_ever_in_the_trail(world):
    user = register_user("secret", name=Name("Secret"), by=world.admin, on=world.day)
    assert User.objects.get(pk=user.pk).password.startswith("!")
    for row in TrailRow.objects.filter(table="base.user"):
        text = json.dumps(row.after)
        assert "password" not in text
        assert user.password not in text


def test_the_columns_that_are_secret_are_known():
    secrets = {model._meta.label_lower: getattr(model, "SECRET", None) for model in recorded_models()}
    assert {label: columns for label, columns in secrets.items() if columns} == {
        "base.user": {"password"},
        "base.invitation": {"digest"},
    }


def test_every_record_is_as_its_newest_image_says(world):
    world.paper()
    looked_at = 0
    for model in recorded_models():
        for record in model._default_manager.all():
            assert history(record)[0].after == image(record), record
            looked_at += 1
    assert looked_at > 30


def test_an_image_is_the_same_on_every_database():
    made = image(
        Evidence(
            id=7,
            programme_id=1,
            uid=UUID(int=1),
            sha256="0" * 64,
            size=3,
            media_type="image/png",
            caption_en="Forum",
            caption_km="វេទិកា",
            dated=date(2008, 3, 10),
        )
    )
    assert json.loads(json.dumps(made)) == made
    assert made["uid"] == "00000000-0000-0000-0000-000000000001"
    assert made["dated"] == "2008-03-10"
    assert made["programme_id"] == 1
    line = TrailLine(at=datetime(2008, 3, 10, 5, 0, tzinfo=UTC))
    assert image(line)["at"] == "2008-03-10T05:00:00.000000+00:00"


def test_a_line_says_who_did_what_to_which_record(world):
    role = grant_role(
        world.nobody, role="donor", programme=world.programme, since=world.day, by=world.admin, on=world.day
    )
    line = TrailLine.objects.order_by("-id")[0]
    assert (line.by, line.verb, line.table, line.key) == (world.admin, "role.grant", "base.role", role.pk)
    assert (line.on, line.cause, line.command) == (world.day, None, None)


def test_every_row_has_a_salt_of_its_own_so_that_equal_rows_have_different_digests(world):
    rows = list(TrailRow.objects.all())
    assert len({row.salt for row in rows}) == len({row.digest for row in rows}) == len(rows)
    assert all(len(row.salt) == 32 for row in rows)
    for row in rows[:5]:
        assert row.digest == row_digest(row.salt, row.table, row.key, row.before, row.after)


def test_the_history_of_a_record_is_one_query(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        for row in history(world.council):
            assert row.line.by is not None
            assert str(row)
            assert str(row.line)


def test_what_a_transaction_around_it_takes_back_is_not_in_the_trail(world):
    before = TrailLine.objects.count()
    with transaction.atomic():
        world.paper()
        transaction.set_rollback(True)
    assert TrailLine.objects.count() == before
    assert not Evidence.objects.exists()


def test_a_clean_world_verifies_but_for_the_head_file_that_only_a_commit_writes(world):
    faults = [fault for verdict in verify() if verdict.check != "head.agrees" for fault in verdict.faults]
    assert faults == []
    assert list(rollups())


def test_a_changed_secret_is_written_and_stays_out_of_the_trail(world):
    user = world.users["ang"]
    with act(world.admin, "user.register", installation(), on=world.day) as step:
        user = step.lock(user)
        user.set_password("a secret of six words")
        step.save(user)
    kept = User.objects.get(pk=user.pk)
    assert kept.check_password("a secret of six words")
    assert history(kept)[0].line.verb == "user.register"
    assert all(kept.password not in str(row.after) for row in history(kept))
