import json
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from laar.base.faults import checks
from laar.base.guard import open_door
from laar.base.models import Seal, TrailLine, TrailRow
from laar.base.trail import history, seal_trail
from laar.kit.refusals import catalogue
from tests.house import LAAR

TRAIL = ("base_trailline", "base_trailrow", "base_seal")
BOOKS = ("ledger_entry", "ledger_posting")


def declared():
    """Every trigger of every list of the house; what a migration keeps of an older list is no other one."""
    files = [path for path in LAAR.rglob("*triggers.py") if "migrations" not in path.parts]
    modules = [import_module(".".join(path.relative_to(LAAR.parent).with_suffix("").parts)) for path in files]
    return [trigger for module in modules for trigger in getattr(module, "TRIGGERS", ())]


def missing():
    """Those that the database does not have on their table."""
    sql = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
        "WHERE NOT tgisinternal AND tgenabled = 'O'",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        there = set(cursor.fetchall())
    return [trigger.name for trigger in declared() if (trigger.name, trigger.table) not in there]


#: What each trigger does, as the database has it.
TEXTS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(t.oid) || prosrc FROM pg_trigger t "
    "JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal",
}


def there():
    """Every trigger of the database with what it does."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS[connection.vendor])
        return dict(cursor.fetchall())


def refused(sql, *values):
    """What the database answers with the guard's door open; None where it lets it pass."""
    try:
        with transaction.atomic(), open_door(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError as error:
        return str(error)
    return None


def test_the_migrated_database_has_every_trigger_of_the_house(db):
    assert len(declared()) >= 12
    assert missing() == []


def test_what_the_migrations_made_is_what_the_lists_say(db):
    as_the_lists_say(there())


def as_the_lists_say(made):
    """The triggers of a database are those of the lists, and do what the lists say."""
    assert set(made) == {trigger.name for trigger in declared()}
    for trigger in declared():
        when = trigger.when_postgresql or trigger.when if connection.vendor == "postgresql" else trigger.when
        assert when in made[trigger.name], trigger.name
        assert f"'refusal:{trigger.refusal}'" in made[trigger.name], trigger.name
        assert f"BEFORE {trigger.event} ON" in made[trigger.name], trigger.name


def test_no_migration_asks_a_list_that_still_grows():
    """What a migration made yesterday does not change because the list is longer today."""
    lines = [
        f"{path.relative_to(LAAR)}: {line}"
        for path in LAAR.glob("*/migrations/0*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "triggers import TRIGGERS" in line and ".migrations." not in line
    ]
    assert lines == []


@pytest.mark.long
def test_a_home_that_was_migrated_step_by_step_has_the_triggers_of_a_fresh_one(unmade):
    unmade.folder.mkdir()
    said = unmade.python(
        "import json\n"
        "from django.core.management import call_command\n"
        "from django.db import connection\n"
        "from django.db.migrations.loader import MigrationLoader\n"
        "loader = MigrationLoader(connection)\n"
        "for app, name in sorted(loader.disk_migrations):\n"
        "    if app == 'ledger':\n"
        "        call_command('migrate', app, name, verbosity=0)\n"
        "call_command('migrate', verbosity=0)\n"
        "with connection.cursor() as cursor:\n"
        f"    cursor.execute({TEXTS[connection.vendor]!r})\n"
        "    print(json.dumps(dict(cursor.fetchall())))\n"
    )
    as_the_lists_say(json.loads(said.splitlines()[-1]))


def test_a_trigger_that_was_dropped_is_found(db):
    drop = "DROP TRIGGER entry_balances" + (" ON ledger_entry" if connection.vendor == "postgresql" else "")
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert missing() == ["entry_balances"]


def test_every_trigger_has_a_name_of_its_own_and_refuses_in_words():
    names = [trigger.name for trigger in declared()]
    assert len(names) == len(set(names))
    assert {trigger.refusal for trigger in declared()} <= {reason.code for reason in catalogue()}


@pytest.fixture
def papers(world):
    """A world with a row in every table that is insert-only."""
    world.paper()
    seal_trail()
    return world


@pytest.mark.parametrize("table", TRAIL)
def test_the_database_refuses_that_the_trail_is_taken_away(papers, table):
    assert "refusal:trail.insert_only" in refused(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("base_trailline", "verb = 'x'"),
        ("base_trailline", "by_id = NULL"),
        ("base_trailline", "digest = ''"),
        ("base_trailline", "\"on\" = '2001-01-01'"),
        ("base_trailline", "seal_id = NULL"),
        ("base_trailrow", "after = '{}'"),
        ("base_trailrow", "after = NULL"),
        ("base_trailrow", "after = NULL, before = NULL, salt = '', digest = ''"),
        ("base_trailrow", "after = NULL, before = NULL, salt = '', \"key\" = 0"),
        ("base_seal", "members = 0"),
        ("base_seal", "members = members"),
    ],
)
def test_the_database_refuses_that_the_trail_is_changed(papers, table, change):
    assert "refusal:trail.insert_only" in refused(f"UPDATE {table} SET {change}")


def test_payload_and_salt_of_a_row_may_be_blanked_and_verify_asks_who_erased_it(papers):
    row = history(papers.council)[0]
    assert refused("UPDATE base_trailrow SET before = NULL, after = NULL, salt = '' WHERE id = %s", row.pk) is None
    kept = TrailRow.objects.get(pk=row.pk)
    assert (kept.before, kept.after, kept.salt, kept.digest) == (None, None, "", row.digest)
    for check in ("trail.lines", "trail.images"):
        (fault,) = checks()[check]()
        assert "was blanked, and nobody erased it" in fault.text.en


def test_a_line_is_sealed_once(papers):
    line = TrailLine.objects.order_by("-id")[0]
    assert line.seal is not None
    assert "refusal:trail.insert_only" in refused("UPDATE base_trailline SET seal_id = %s", line.seal_id)


def test_a_line_that_no_seal_covers_yet_may_be_sealed(papers):
    seal = Seal.objects.order_by("number")[0]
    with open_door():
        line = TrailLine.objects.create(
            verb="paper.x", table="x", key=1, at=seal.at, on=papers.day, digest="0" * 64, by=papers.manager
        )
    assert refused("UPDATE base_trailline SET seal_id = %s WHERE id = %s", seal.pk, line.pk) is None
    assert "refusal:trail.insert_only" in refused("UPDATE base_trailline SET seal_id = NULL WHERE id = %s", line.pk)


def test_the_books_are_covered_by_the_same_law():
    for table in BOOKS:
        assert {trigger.event for trigger in declared() if trigger.table == table} >= {"INSERT", "UPDATE", "DELETE"}
