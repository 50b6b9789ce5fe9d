"""What `verify` finds: a committed world is clean, and every plant is named by the check that it concerns."""

import shutil

import pytest

from laar.base import head, store
from laar.base.images import digest
from laar.base.models import Seal, TrailLine, TrailRow
from laar.base.trail import line_digest, seal_digest, seal_trail
from laar.base.verify import extent, verify
from laar.events.actions import announce_event, hold_event, record_attendance
from laar.kit.names import Name
from laar.ledger.actions import credit, debit, post_entry
from tests.base.attacker import attacker
from tests.world import eur

#: Where the totals of postings are kept.
TOTALS = ("ledger_accountmonth", "ledger_fundmonth", "ledger_placeyear", "ledger_headingmonth")


@pytest.fixture
def world(committed_world):
    """The small world with a forum that was held and an entry that was posted, all of it sealed."""
    world = committed_world
    title = Name("Forum", "វេទិកា")
    by = world.users["ang"]
    world.forum = announce_event(
        world.programme, "forum", place=world.ang, host=world.council, day=world.day, title=title, by=by, on=world.day
    )
    record_attendance(world.forum, capacity="citizen", sex="f", count=35, by=by, on=world.day)
    world.minutes = world.paper()
    hold_event(world.forum, papers={"minutes": world.minutes}, by=by, on=world.day)
    seal_trail()
    legs = [debit(world.accounts["bank"], world.fund, eur(635)), credit(world.accounts["income"], world.fund, eur(635))]
    world.entry = post_entry(world.book, legs, text=Name("Grant"), by=world.finance, on=world.day)
    seal_trail()
    return world


def found():
    """What verify finds, by check."""
    return {
        verdict.check: " ".join(fault.text.en for fault in verdict.faults) for verdict in verify() if verdict.faults
    }


def last_line():
    return TrailLine.objects.order_by("-id")[0]


def test_a_house_that_nobody_tampered_with_is_clean(world):
    assert found() == {}
    assert {verdict.check for verdict in verify()} >= {
        "trail.seals",
        "trail.lines",
        "trail.images",
        "evidence.files",
        "rollups.recount",
        "head.agrees",
        "books.balance",
    }
    assert all(verdict.says.endswith(".") for verdict in verify())


def test_what_was_looked_at_is_counted(world):
    counted = extent()
    assert counted == {
        "seals": Seal.objects.count(),
        "lines": TrailLine.objects.count(),
        "rows": TrailRow.objects.count(),
        "evidence": 1,
    }
    assert all(counted.values())


def test_a_deleted_forum_is_named(world):
    with attacker() as raw:
        raw.do("DELETE FROM events_event WHERE id = ?", world.forum.pk)
    faults = found()
    assert set(faults) == {"trail.images", "rollups.recount"}
    assert faults["trail.images"] == f"Event {world.forum.pk} is gone."


def test_a_changed_posting_is_named_by_its_image_its_entry_and_its_total(world):
    with attacker() as raw:
        raw.do("UPDATE ledger_posting SET units = units + 10000, in_book = in_book + 10000 WHERE position = 1")
    faults = found()
    assert set(faults) == {"trail.images", "books.balance", "rollups.recount"}
    assert "was changed past the door (units, in_book)" in faults["trail.images"]
    assert f"Entry {world.entry.pk} does not balance" in faults["books.balance"]


def test_an_entry_changed_so_that_it_still_balances_is_named(world):
    with attacker() as raw:
        raw.do("UPDATE ledger_posting SET units = units * 2, in_book = in_book * 2")
        for table in TOTALS:
            raw.do(f"UPDATE {table} SET units = units * 2, in_book = in_book * 2")
    assert set(found()) == {"trail.images"}


def test_a_replaced_evidence_file_is_named(world):
    store.path_of(world.minutes.sha256).write_bytes(b"another paper")
    assert set(found()) == {"evidence.files"}
    assert "“Paper 1”: its file was replaced or damaged" in found()["evidence.files"]


def test_a_lost_evidence_file_is_named(world):
    store.path_of(world.minutes.sha256).unlink()
    assert "“Paper 1”: its file is gone" in found()["evidence.files"]


def test_a_trail_line_taken_out_of_the_middle_is_named(world):
    line = TrailLine.objects.get(verb="event.announce")
    with attacker() as raw:
        raw.do("DELETE FROM base_trailline WHERE id = ?", line.pk)
    faults = found()
    assert set(faults) == {"trail.seals", "trail.lines"}
    assert f"Trail line {line.pk} is gone" in faults["trail.lines"]


def test_a_trail_line_taken_out_with_its_rows_is_named(world):
    line = TrailLine.objects.get(verb="event.announce")
    with attacker() as raw:
        raw.do("DELETE FROM base_trailrow WHERE line_id = ?", line.pk)
        raw.do("DELETE FROM base_trailline WHERE id = ?", line.pk)
    assert "trail.seals" in found()


def test_the_rows_of_a_line_taken_away_are_named(world):
    line = TrailLine.objects.get(verb="event.announce")
    with attacker() as raw:
        raw.do("DELETE FROM base_trailrow WHERE line_id = ?", line.pk)
    assert f"Trail line {line.pk} (event.announce): its rows are gone." in found()["trail.lines"]


def test_the_last_line_cut_off_is_named(world):
    line = last_line()
    with attacker() as raw:
        raw.do("DELETE FROM base_trailline WHERE id = ?", line.pk)
    faults = found()
    assert f"Trail line {line.pk} is gone" in faults["trail.lines"]
    assert "trail.seals" in faults


def test_a_tail_cut_off_with_all_that_belongs_to_it_is_known_to_the_head_file_only(world):
    line = last_line()
    with attacker() as raw:
        for statement in (
            "DELETE FROM ledger_posting",
            "DELETE FROM ledger_entry",
            *(f"DELETE FROM {table}" for table in TOTALS),
            "DELETE FROM ledger_series",
            "DELETE FROM results_listcount WHERE \"table\" = 'ledger.entry'",
            f"DELETE FROM base_trailrow WHERE line_id = {line.pk}",
            f"DELETE FROM base_trailline WHERE id = {line.pk}",
            f"DELETE FROM base_seal WHERE id = {line.seal_id}",
        ):
            raw.do(statement)
    faults = found()
    assert set(faults) == {"head.agrees"}
    assert "the tail was cut off" in faults["head.agrees"]


def test_a_tail_cut_off_and_grown_again_is_known_to_the_head_file_only(world):
    line = last_line()
    with attacker() as raw:
        for statement in (
            "DELETE FROM ledger_posting",
            "DELETE FROM ledger_entry",
            *(f"DELETE FROM {table}" for table in TOTALS),
            "DELETE FROM ledger_series",
            "DELETE FROM results_listcount WHERE \"table\" = 'ledger.entry'",
            f"DELETE FROM base_trailrow WHERE line_id = {line.pk}",
            f"DELETE FROM base_trailline WHERE id = {line.pk}",
            f"DELETE FROM base_seal WHERE id = {line.seal_id}",
        ):
            raw.do(statement)
    world.paper()
    faults = found()
    assert set(faults) == {"head.agrees"}
    assert "is another one than was signed" in faults["head.agrees"]


def test_a_chain_that_was_computed_anew_is_known_to_the_head_file_only(world):
    line = last_line()
    seal = line.seal
    line.verb = "entry.reverse"
    line.digest = line_digest(line, "", line.rows.order_by("id").values_list("digest", flat=True))
    root = digest("root", [line.digest])
    assert seal.members == 1
    made = seal_digest(seal.number, seal.previous, root, 1, seal.at)
    with attacker() as raw:
        raw.do("UPDATE base_trailline SET verb = ?, digest = ? WHERE id = ?", line.verb, line.digest, line.pk)
        raw.do("UPDATE base_seal SET root = ?, digest = ? WHERE id = ?", root, made, seal.pk)
    assert set(found()) == {"head.agrees"}


def test_a_row_that_came_in_past_the_door_is_named(world):
    with attacker() as raw:
        raw.do(
            "INSERT INTO registers_party (uid, kind, name_en, name_km, sex, is_fictional) VALUES (?, ?, ?, ?, ?, ?)",
            "0" * 32,
            "cbo",
            "Nobody's group",
            "",
            "",
            False,
        )
        party = raw.ask("SELECT MAX(id) FROM registers_party")
    assert found() == {"trail.images": f"Party {party} came in past the door: the trail does not know it."}


def test_a_changed_total_is_named(world):
    with attacker() as raw:
        raw.do("UPDATE ledger_accountmonth SET units = units + 1 WHERE account_id = ?", world.accounts["bank"].pk)
    faults = found()
    assert set(faults) == {"rollups.recount"}
    assert "The total ledger.accountmonth" in faults["rollups.recount"]


def test_a_total_taken_away_is_named(world):
    with attacker() as raw:
        raw.do("DELETE FROM ledger_accountmonth")
    assert set(found()) == {"rollups.recount"}


def test_a_line_changed_in_any_column_is_named(world):
    line = last_line()
    changes = {"verb": "entry.reverse", "by_id": 1, '"key"': 99, "is_simulated": True, '"on"': "2001-01-01"}
    for column, value in changes.items():
        with attacker() as raw:
            before = raw.ask(f"SELECT {column} FROM base_trailline WHERE id = ?", line.pk)
            raw.do(f"UPDATE base_trailline SET {column} = ? WHERE id = ?", value, line.pk)
        assert found() == {"trail.lines": f"Trail line {line.pk} ({last_line().verb}): it was changed."}, column
        with attacker() as raw:
            raw.do(f"UPDATE base_trailline SET {column} = ? WHERE id = ?", before, line.pk)
    assert found() == {}


def test_a_changed_row_of_the_trail_is_named(world):
    with attacker() as raw:
        raw.do(
            """UPDATE base_trailrow SET before = '{"units": 1}' WHERE "table" = 'events.event' AND before IS NOT NULL"""
        )
    assert "a row of it was changed" in found()["trail.lines"]


def test_a_changed_seal_is_named(world):
    middle = Seal.objects.get(number=1)
    with attacker() as raw:
        raw.do("UPDATE base_seal SET members = members + 1 WHERE id = ?", middle.pk)
    faults = found()
    assert set(faults) == {"trail.seals"}
    assert "Seal 1 was changed." in faults["trail.seals"]


def test_a_seal_taken_out_of_the_middle_is_named(world):
    first = Seal.objects.get(number=1)
    with attacker() as raw:
        raw.do("UPDATE base_trailline SET seal_id = NULL WHERE seal_id = ?", first.pk)
        raw.do("DELETE FROM base_seal WHERE id = ?", first.pk)
    faults = found()
    assert "does not follow the one before it" in faults["trail.seals"]
    assert "head.agrees" in faults


def test_a_lost_head_file_is_named(world):
    head.path().unlink()
    world.paper()
    seal_trail()
    assert "seals are missing from it, the first is 1" in found()["head.agrees"]


def test_a_head_file_signed_by_somebody_else_is_named(world):
    shutil.rmtree(head.keys())
    assert "is not signed by this installation" in found()["head.agrees"]


@pytest.mark.parametrize("line", [0, 1])
def test_a_changed_line_of_the_head_file_is_named(world, line):
    lines = head.path().read_text().splitlines()
    lines[line] = lines[line].replace('"digest": "', '"digest": "0', 1)
    head.path().write_text("\n".join(lines) + "\n")
    assert "is not signed" in found()["head.agrees"]
