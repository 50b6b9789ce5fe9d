import pytest
from django.db import connection, transaction

from laar.base.act import act
from laar.base.guard import WriteOutsideAct, guarded_tables, open_door
from laar.base.models import Programme, Role, Seal, TrailLine, User
from laar.base.recorded import UNRECORDED
from laar.registers.models import Party

#: Statements that write, in every spelling that one of the two databases takes.
WRITES = [
    "INSERT INTO base_user (username) VALUES ('x')",
    "insert into base_user (username) values ('x')",
    "INSERT INTO \"base_user\" (username) VALUES ('x')",
    "INSERT OR REPLACE INTO base_user (username) VALUES ('x')",
    "REPLACE INTO base_user (username) VALUES ('x')",
    "UPDATE base_user SET username = 'x'",
    "UPDATE OR IGNORE base_user SET username = 'x'",
    "UPDATE ONLY \"base_user\" SET username = 'x'",
    "UPDATE BASE_USER SET username = 'x'",
    "UPDATE main.\"base_user\" SET username = 'x'",
    "UPDATE public.base_user SET username = 'x'",
    "  UPDATE\n\tbase_user\nSET username = 'x'",
    "DELETE FROM base_user",
    "DELETE FROM ONLY base_user",
    "TRUNCATE base_user",
    "TRUNCATE TABLE base_user",
    "MERGE INTO base_user USING (SELECT 1) AS s ON false WHEN NOT MATCHED THEN INSERT (username) VALUES ('x')",
    "WITH gone AS (SELECT 1) DELETE FROM base_user",
    "WITH new AS (SELECT 'x' AS u) INSERT INTO base_user (username) SELECT u FROM new",
    "WITH gone AS (DELETE FROM base_user RETURNING id) SELECT * FROM gone",
    "/* a comment */ UPDATE base_user SET username = 'x'",
    "EXPLAIN ANALYZE DELETE FROM base_user",
]

READS = [
    "SELECT id FROM base_user",
    "SELECT 'DELETE FROM base_user'",
    "WITH all_of_them AS (SELECT id FROM base_user) SELECT * FROM all_of_them",
]


def objects(world):
    """The ways of the ORM past the one door."""
    party = Party.objects.get(pk=world.ngo.pk)
    return {
        "update": lambda: Party.objects.update(name_en="x"),
        "save": party.save,
        "save of some columns": lambda: party.save(update_fields=["name_en"]),
        "create": lambda: Party.objects.create(kind="cbo", name_en="x"),
        "get_or_create": lambda: Party.objects.get_or_create(kind="cbo", name_en="x"),
        "bulk_create": lambda: Party.objects.bulk_create([Party(kind="cbo", name_en="x")]),
        "bulk_update": lambda: Party.objects.bulk_update([party], ["name_en"]),
        "delete": lambda: Role.objects.all().delete(),
        "a line of the trail": lambda: TrailLine(
            verb="x", table="x", key=1, at="2008-01-01T00:00Z", on="2008-01-01"
        ).save(),
        "a seal": lambda: Seal.objects.update(members=0),
        "a user": lambda: User.objects.update(is_active=False),
    }


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def assert_refused(write, what):
    try:
        with transaction.atomic():
            write()
    except WriteOutsideAct:
        return
    pytest.fail(f"not refused: {what}")


def test_raw_sql_that_writes_is_refused(db):
    for sql in WRITES:
        assert_refused(lambda sql=sql: run(sql), sql)


def test_raw_sql_is_refused_inside_a_step_as_well(world):
    with act(world.manager, "evidence.keep", world.programme, on=world.day):
        for sql in WRITES:
            assert_refused(lambda sql=sql: run(sql), sql)


def test_reading_is_not_refused(world):
    for sql in READS:
        assert run(sql)


def test_a_row_may_be_locked_outside_a_step(world):
    with transaction.atomic():
        assert list(Programme.objects.select_for_update().order_by("id")) == [world.programme, world.other]
        assert Party.objects.select_for_update(of=("self",)).get(pk=world.ngo.pk) == world.ngo


def test_the_orm_is_refused_outside_a_step(world):
    for way, write in objects(world).items():
        assert_refused(write, way)


def test_the_orm_is_refused_inside_a_step_when_it_goes_past_the_step(world):
    with act(world.manager, "evidence.keep", world.programme, on=world.day):
        for way, write in objects(world).items():
            assert_refused(write, way)


def test_many_statements_at_once_are_refused(world):
    with pytest.raises(WriteOutsideAct), connection.cursor() as cursor:
        cursor.executemany("UPDATE base_user SET username = %s WHERE id = %s", [("x", 1), ("y", 2)])


def test_what_was_refused_did_not_reach_the_database(world):
    before = sorted(Party.objects.values_list("name_en", flat=True))
    for way, write in objects(world).items():
        assert_refused(write, way)
    assert sorted(Party.objects.values_list("name_en", flat=True)) == before
    assert User.objects.filter(is_active=True).count() == 8


def test_the_door_is_shut_again_after_an_error(db):
    with pytest.raises(ZeroDivisionError), open_door():
        raise ZeroDivisionError
    with pytest.raises(WriteOutsideAct):
        Party.objects.update(name_en="x")


def test_every_table_of_the_house_is_guarded_but_those_that_say_why_not():
    free = {label.replace(".", "_") for label, (_, guarded) in UNRECORDED.items() if not guarded}
    assert not guarded_tables() & free
    assert {"base_user", "base_trailline", "base_seal", "ledger_posting", "ledger_accountmonth"} <= guarded_tables()
