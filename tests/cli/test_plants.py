"""Somebody changes a copy of the data directly, past LAAR: `laar verify` names what was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.homes import Home

CLEAN = "Everything is as it was recorded."
#: The last line of the trail, with everything that hangs on it.
LAST = "(SELECT MAX(id) FROM base_trailline)"
MIDDLE = "(SELECT id FROM base_trailline WHERE verb = 'event.hold' ORDER BY id LIMIT 1)"


@pytest.fixture
def copy(pristine: Home, tmp_path: Path) -> Home:
    """A copy to be spoiled. It was sealed: what comes now is a deed, not an open window."""
    return pristine.copy(tmp_path / "copy")


def test_an_untouched_copy_is_clean(copy: Home) -> None:
    assert CLEAN in copy.laar("verify")


def test_a_deleted_forum_is_named(copy: Home) -> None:
    forum = "(SELECT MIN(id) FROM events_event WHERE kind = 'forum')"
    number = copy.python(
        "from laar.events.models import Event; print(Event.objects.filter(kind='forum').earliest('id').pk)"
    )
    copy.spoil(f"DELETE FROM events_event WHERE id = {forum}")
    assert f"Event {number.strip()} is gone." in copy.laar("verify", fails=True)


def test_a_changed_posting_is_named(copy: Home) -> None:
    copy.spoil("UPDATE ledger_posting SET units = units + 100, in_book = in_book + 100 WHERE id = 1")
    said = copy.laar("verify", fails=True)
    assert "Posting 1 was changed past the door (units, in_book)" in said
    assert "Entry 1 does not balance" in said


def test_a_replaced_evidence_file_is_named(copy: Home) -> None:
    file = next(path for path in sorted((copy.folder / "evidence").glob("*/*")))
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert "its file was replaced or damaged" in copy.laar("verify", fails=True)


def test_a_missing_evidence_file_is_named(copy: Home) -> None:
    next(path for path in sorted((copy.folder / "evidence").glob("*/*"))).unlink()
    assert "its file is gone" in copy.laar("verify", fails=True)


def test_a_trail_line_removed_in_the_middle_is_named(copy: Home) -> None:
    copy.spoil(f"DELETE FROM base_trailline WHERE id = {MIDDLE}")
    said = copy.laar("verify", fails=True)
    assert "is gone; its rows are left (" in said
    assert "events.event" in said
    assert "✗ trail.seals" in said


def test_a_trail_line_removed_in_the_middle_with_its_rows_is_named(copy: Home) -> None:
    copy.spoil(f"DELETE FROM base_trailrow WHERE line_id = {MIDDLE}", f"DELETE FROM base_trailline WHERE id = {MIDDLE}")
    said = copy.laar("verify", fails=True)
    assert "✗ trail.seals" in said
    assert "was changed past the door (state)" in said


def test_an_older_image_moved_to_the_end_is_named(copy: Home) -> None:
    """Somebody rolls a project back to what it was, and renumbers the trail so that the old image looks newest."""
    rows = "base_trailrow WHERE \"table\" = 'projects.project' AND key = 1"
    state = copy.python(
        "from laar.base.models import TrailRow\n"
        "print(TrailRow.objects.filter(table='projects.project', key=1).order_by('id')[1].after['state'])"
    ).strip()
    copy.spoil(
        f"UPDATE base_trailrow SET id = id + 1000000 WHERE line_id = (SELECT line_id FROM {rows} ORDER BY id LIMIT 1 OFFSET 1)",
        f"UPDATE projects_project SET state = '{state}' WHERE id = 1",
    )
    said = copy.laar("verify", fails=True)
    assert "The history of projects.project 1 is not in the order in which it was sealed." in said


def test_the_last_line_cut_off_is_named(copy: Home) -> None:
    copy.spoil(f"DELETE FROM base_trailline WHERE id = {LAST}")
    assert "is gone; its rows are left" in copy.laar("verify", fails=True)


def test_the_last_line_cut_off_with_its_rows_and_seal_is_named_by_the_head_file(copy: Home) -> None:
    """The record is put back as it was, too: nothing inside the database can tell any more."""
    copy.spoil(
        "DELETE FROM registers_sector WHERE id = (SELECT MAX(id) FROM registers_sector)",
        "UPDATE registers_sector SET until = NULL WHERE code = '16020'",
        f"DELETE FROM base_trailrow WHERE line_id = {LAST}",
        f"DELETE FROM base_trailline WHERE id = {LAST}",
        "DELETE FROM base_seal WHERE number = (SELECT MAX(number) FROM base_seal)",
        *_unseal_on_postgres(copy),
    )
    said = copy.laar("verify", fails=True)
    assert "the tail was cut off" in said or "is another one than was signed" in said
    assert said.count("✗") == 1


def _unseal_on_postgres(copy: Home) -> list[str]:
    """On PostgreSQL the last seal covers many lines: whoever cuts it off frees them, and they are sealed anew."""
    if "DATABASE_URL" not in copy.environment:
        return []
    return ["UPDATE base_trailline SET seal_id = NULL WHERE seal_id NOT IN (SELECT id FROM base_seal)"]
