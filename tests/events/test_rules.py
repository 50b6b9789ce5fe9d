from __future__ import annotations

from types import SimpleNamespace

import pytest

from laar.events.rules import EVENT, KINDS, REQUEST
from laar.kit.names import Name
from tests.refused import refused

NAME, NOTHING = Name(en="Forum", km="វេទិកា"), Name(en="", km="")


def event(kind: str = "forum", state: str = "planned") -> SimpleNamespace:
    return SimpleNamespace(kind=kind, state=state, name=NAME)


def request(state: str) -> SimpleNamespace:
    return SimpleNamespace(state=state, name=NAME)


def test_an_event_with_people_and_its_papers_is_held() -> None:
    forum = event()
    EVENT.move(forum, "hold", present=1, papers={"minutes"})
    assert forum.state == "held"


def test_an_event_to_which_nobody_came_is_not_held() -> None:
    with refused("event.nobody_present"):
        EVENT.move(event(), "hold", present=0, papers={"minutes"})


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_is_held_only_with_every_paper_of_its_kind(kind: str) -> None:
    proofs = set(KINDS[kind].proofs)
    assert proofs
    for missing in proofs:
        with refused("event.proof_missing"):
            EVENT.move(event(kind), "hold", present=5, papers=proofs - {missing} | {"photo"})


@pytest.mark.parametrize(("state", "verb"), [
    ("held", "hold"), ("held", "cancel"), ("cancelled", "hold"), ("cancelled", "cancel")
])  # fmt: skip
def test_what_was_held_or_cancelled_stays_so(state: str, verb: str) -> None:
    with refused("state.no_such_step"):
        EVENT.move(event(state=state), verb, present=5, papers={"minutes"})


def test_an_event_is_not_cancelled_without_a_reason() -> None:
    with refused("event.reason_missing"):
        EVENT.move(event(), "cancel", reason=NOTHING)


@pytest.mark.parametrize("verb", ["refer", "decline"])
def test_a_no_without_a_reason_is_refused(verb: str) -> None:
    with refused("request.reason_missing"):
        REQUEST.move(request("recorded"), verb, reason=NOTHING)


@pytest.mark.parametrize("verb", ["accept", "refer", "decline"])
@pytest.mark.parametrize("state", ["accepted", "referred", "declined", "reported_back"])
def test_a_request_is_decided_once(state: str, verb: str) -> None:
    with refused("state.no_such_step"):
        REQUEST.move(request(state), verb, reason=NAME)


def test_an_answer_is_reported_back_once_there_is_one() -> None:
    for state in ("accepted", "referred", "declined"):
        told = request(state)
        REQUEST.move(told, "report_back")
        assert told.state == "reported_back"
    for state in ("recorded", "reported_back"):
        with refused("state.no_such_step"):
            REQUEST.move(request(state), "report_back")
