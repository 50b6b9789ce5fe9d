import json
import os

import pytest

from laar.base import head
from laar.base.models import Seal
from laar.base.trail import seal_trail
from laar.base.verify import verify
from tests.base.together import at_once


@pytest.fixture
def world(committed_world):
    """A world whose trail is sealed and whose head file has three lines at least."""
    for _ in range(3):
        sealed(committed_world)
    return committed_world


def sealed(world):
    """Something is done and sealed."""
    world.paper()
    seal_trail()


def numbers():
    return [line.number for line in head.lines()]


def faults():
    return [fault.text.en for verdict in verify() for fault in verdict.faults]


def last():
    return Seal.objects.order_by("-number")[0].number


def test_the_head_file_has_every_seal_signed(world):
    assert numbers() == list(range(1, last() + 1))
    assert dict(Seal.objects.values_list("number", "digest")) == {line.number: line.digest for line in head.lines()}
    assert all(head.is_signed(line) for line in head.lines())


def test_a_signature_is_of_this_seal_and_no_other(world):
    one, other = list(head.lines())[:2]
    assert not head.is_signed(head.HeadLine(one.number, one.digest, one.at, one.key, other.signature))
    assert not head.is_signed(head.HeadLine(one.number, one.digest, one.at, "0" * 16, one.signature))
    assert not head.is_signed(head.HeadLine(one.number, one.digest, one.at, one.key, "no signature"))


def test_only_the_owner_may_read_the_signing_key(world):
    secret = head.keys() / "head.key"
    assert secret.stat().st_mode & 0o077 == 0
    assert secret.read_text().strip() not in head.path().read_text()
    assert len(list(head.keys().glob("*.pub"))) == 1


@pytest.mark.parametrize("kept", [1, 20, 100])
def test_a_torn_last_line_is_tolerated_and_mended_by_the_next(world, kept):
    lines = head.path().read_text().splitlines(keepends=True)
    head.path().write_text("".join(lines[:-1]) + lines[-1][:kept])
    assert numbers() == list(range(1, last()))
    assert faults() == []
    sealed(world)
    assert sorted(numbers()) == list(range(1, last() + 1))
    assert faults() == []


def test_a_last_line_without_its_line_break_is_whole(world):
    head.path().write_text(head.path().read_text().rstrip("\n"))
    assert numbers() == list(range(1, last() + 1))
    sealed(world)
    assert numbers() == list(range(1, last() + 1))


def test_seals_that_a_kill_kept_from_the_file_are_filled_in_by_the_next(world, monkeypatch):
    before = numbers()
    with monkeypatch.context() as killed:
        killed.setattr(head, "append", lambda _: None)
        for _ in range(3):
            sealed(world)
    assert numbers() == before
    assert any("2 seals are missing" in text for text in faults())
    sealed(world)
    assert numbers() == list(range(1, last() + 1))
    assert faults() == []


def test_a_line_in_the_middle_that_can_not_be_read_is_a_fault(world):
    lines = head.path().read_text().splitlines(keepends=True)
    head.path().write_text(lines[0] + '{"number": "2"}\n' + "".join(lines[2:]))
    with pytest.raises(ValueError, match="line 2 of the head file"):
        list(head.lines())
    assert any("line 2 of the head file can't be read" in text for text in faults())


def test_a_house_without_a_seal_has_no_head(house):
    assert list(head.lines()) == []
    assert head.last_number() == 0


def test_a_line_says_number_digest_instant_key_and_signature(world):
    line = json.loads(head.path().read_text().splitlines()[0])
    assert set(line) == {"number", "digest", "at", "key", "signature"}
    assert line["at"] == Seal.objects.get(number=1).at.isoformat()


def test_threads_that_sign_for_the_first_time_at_once_agree_on_one_key(house):
    def sign(place):
        head.append(
            Seal(number=place + 1, digest=f"{place:064}", at=Seal._meta.get_field("at").to_python("2008-03-10T00:00Z"))
        )

    assert at_once(8, sign) == [None] * 8
    assert {len(line.digest) for line in head.lines()} == {64}
    assert all(head.is_signed(line) for line in head.lines())
    assert not [name for name in os.listdir(head.keys()) if "head.key-" in name]
