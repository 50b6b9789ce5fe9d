"""What was last proven of the house is kept beside the database, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from laar.base import proofs
from laar.base.proofs import remember, remembered
from tests.homes import Home
from tests.world import NOON, at_noon


def test_of_a_new_house_nothing_is_proven() -> None:
    assert remembered() == {}


def test_the_newest_proof_of_each_kind_is_kept() -> None:
    remember("verify", is_good=False, faults=2)
    with at_noon():
        remember("verify", is_good=True, faults=0, lines=7)
        remember("backup", is_good=True, files=3)
    known = remembered()
    assert set(known) == {"verify", "backup"}
    assert known["verify"].is_good
    assert known["verify"].at == NOON
    assert known["verify"].counts == {"faults": 0, "lines": 7}


def test_a_file_that_can_not_be_read_proves_nothing_and_is_written_anew() -> None:
    remember("verify", is_good=True)
    proofs.path().write_text('[{"kind": "ver', encoding="utf-8")
    assert remembered() == {}
    remember("backup", is_good=True)
    assert set(remembered()) == {"backup"}


def test_a_write_that_fails_leaves_the_proof_before(monkeypatch: pytest.MonkeyPatch) -> None:
    remember("verify", is_good=True)

    def no(_handle: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr("os.fsync", no)
    with pytest.raises(OSError):
        remember("verify", is_good=False)
    assert remembered()["verify"].is_good


def test_what_nobody_proves_is_not_remembered() -> None:
    with pytest.raises(ValueError):
        remember("weather", is_good=True)


# The demonstration is loaded on PostgreSQL in the long run only: a proof is a file, whatever the database.
@pytest.mark.alike
def test_verify_and_backup_are_remembered_and_a_fault_is(pristine: Home, tmp_path: Path) -> None:
    home = pristine.copy(tmp_path / "spoiled")
    asked = "from laar.base.proofs import remembered\nprint({one.kind: one.is_good for one in remembered().values()})"
    home.laar("verify")
    home.laar("backup", str(tmp_path / "copy.zip"))
    assert eval(home.python(asked)) == {"verify": True, "backup": True}
    home.spoil("UPDATE plans_plan SET title_en = 'Another plan' WHERE id = 1")
    home.laar("verify", fails=True)
    assert eval(home.python(asked)) == {"verify": False, "backup": True}


@pytest.mark.alike
def test_a_restored_house_brings_no_proof_along_but_its_own(pristine: Home, tmp_path: Path) -> None:
    home = pristine.copy(tmp_path / "first")
    home.laar("backup", str(tmp_path / "copy.zip"))
    fresh = Home(tmp_path / "second").make()
    fresh.laar("restore", str(tmp_path / "copy.zip"))
    asked = "from laar.base.proofs import remembered\nprint(*sorted(remembered()))"
    assert fresh.python(asked).split() == ["restore", "verify"]
