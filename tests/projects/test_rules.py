from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from laar.kit.names import Name
from laar.projects.rules import OA, PATHS, PROJECT_KINDS, SDP, TRANCHE, VOUCHER, tranches_make_the_amount
from tests.refused import refused
from tests.world import eur

NAME = Name(en="Record", km="កំណត់ត្រា")
OPEN = SimpleNamespace(state="agreed", name=NAME)
SETTLED = SimpleNamespace(state="settled", name=NAME)
ANG = SimpleNamespace(pk=1, name=NAME)
MANAGER = SimpleNamespace(pk=2, name=NAME)
WITNESS = SimpleNamespace(pk=3, kind="person", name=NAME)
#: What a tranche's own guards look at.
BY_ADVANCE: dict[str, Any] = {"path": OA, "route": "advance", "papers": set()}


def record(state: str, **facts: Any) -> SimpleNamespace:
    return SimpleNamespace(state=state, name=NAME, **facts)


def test_every_kind_of_project_has_its_path() -> None:
    assert {"oa": OA, "sdp": SDP} == PATHS
    assert set(PATHS) == set(PROJECT_KINDS)


@pytest.mark.parametrize(("state", "verb", "paper"), [
    ("proposed", "check", "checklist"), ("approved", "sign", "agreement"), ("agreed", "complete", "report")
])  # fmt: skip
def test_a_project_takes_these_steps_with_their_paper_only(state: str, verb: str, paper: str) -> None:
    facts: dict[str, Any] = {"left": 0, "outstanding": eur(0), "second": WITNESS, "words": []}
    with refused("project.paper_missing"):
        OA.move(record(state), verb, papers={"photo", "voucher"}, **facts)
    OA.move(record(state), verb, papers={paper}, **facts)


def test_a_project_is_not_complete_while_a_line_is_left() -> None:
    with refused("project.lines_left"):
        OA.move(record("agreed", plan=record("running")), "complete", papers={"report"}, left=1)


@pytest.mark.parametrize("amount", ["0.01", "-0.01"])
def test_a_project_is_not_settled_while_a_cent_is_open(amount: str) -> None:
    with refused("project.not_settled"):
        OA.move(record("completed"), "settle", paid=True, outstanding=eur(amount))


@pytest.mark.parametrize(("state", "verb"), [
    ("proposed", "approve"), ("checked", "sign"), ("approved", "complete"), ("agreed", "settle"), ("agreed", "sign"),
    ("rejected", "approve"), ("rejected", "propose_again"), ("settled", "settle"), ("approved", "return"),
])  # fmt: skip
def test_no_step_of_a_project_is_left_out(state: str, verb: str) -> None:
    with refused("state.no_such_step"):
        OA.move(record(state), verb, papers={"checklist", "agreement", "report"}, left=0, outstanding=eur(0))


def test_a_returned_proposal_is_checked_again() -> None:
    project = record("checked", checked_by_id=ANG.pk, second=None)
    for verb in ("return", "propose_again", "check", "approve"):
        OA.move(project, verb, by=MANAGER, papers={"checklist"}, second=WITNESS, words=[], reason=NAME)
    assert project.state == "approved"


@pytest.mark.parametrize("state", ["scheduled", "withheld"])
@pytest.mark.parametrize("before", ["scheduled", "requested", "approved", "paid", "acknowledged", "withheld"])
def test_a_tranche_waits_until_the_one_before_is_liquidated(state: str, before: str) -> None:
    with refused("tranche.earlier_open"):
        TRANCHE.move(record(state), "request", project=OPEN, earlier=record(before, number=1), **BY_ADVANCE)
    TRANCHE.move(record(state), "request", project=OPEN, earlier=record("liquidated", number=1), **BY_ADVANCE)
    TRANCHE.move(record(state), "request", project=OPEN, earlier=None, **BY_ADVANCE)


def test_who_requested_does_not_approve_and_who_approved_does_not_pay() -> None:
    with refused("access.same_person"):
        TRANCHE.move(record("requested", requested_by_id=ANG.pk), "approve", by=ANG, earlier=None)
    with refused("access.same_person"):
        TRANCHE.move(
            record("approved", requested_by_id=ANG.pk, approved_by_id=MANAGER.pk),
            "pay",
            by=MANAGER,
            project=OPEN,
            path=OA,
            earlier=None,
        )
    TRANCHE.move(record("requested", requested_by_id=ANG.pk), "approve", by=MANAGER, earlier=None)
    with refused("access.same_person"):  # nor who requested it
        TRANCHE.move(
            record("approved", requested_by_id=ANG.pk, approved_by_id=MANAGER.pk),
            "pay",
            by=ANG,
            project=OPEN,
            path=OA,
            earlier=None,
        )
    TRANCHE.move(
        record("approved", requested_by_id=ANG.pk, approved_by_id=MANAGER.pk),
        "pay",
        by=WITNESS,
        project=OPEN,
        path=OA,
        earlier=None,
    )


@pytest.mark.parametrize(("state", "verb"), [("requested", "approve"), ("approved", "pay")])
def test_no_money_goes_out_while_the_tranche_before_is_open_again(state: str, verb: str) -> None:
    tranche = record(state, requested_by_id=ANG.pk, approved_by_id=MANAGER.pk)
    with refused("tranche.earlier_open"):
        TRANCHE.move(tranche, verb, by=WITNESS, project=OPEN, path=OA, earlier=record("acknowledged", number=1))


@pytest.mark.parametrize(("state", "verb"), [("scheduled", "request"), ("withheld", "request"), ("approved", "pay")])
def test_no_money_goes_out_for_a_settled_project(state: str, verb: str) -> None:
    with refused("tranche.project_settled"):
        TRANCHE.move(record(state, approved_by_id=None), verb, by=ANG, project=SETTLED, earlier=None, **BY_ADVANCE)


def test_a_tranche_is_acknowledged_with_a_receipt() -> None:
    with refused("tranche.paper_missing"):
        TRANCHE.move(record("paid"), "acknowledge", route="advance", papers={"voucher"})


@pytest.mark.parametrize("left", ["0.01", "-1"])
def test_a_tranche_is_liquidated_when_all_is_accounted_for(left: str) -> None:
    with refused("tranche.not_accounted"):
        TRANCHE.move(record("acknowledged"), "liquidate", outstanding=eur(left))
    TRANCHE.move(record("acknowledged"), "liquidate", outstanding=eur(0))


@pytest.mark.parametrize(("state", "verb"), [
    ("scheduled", "approve"), ("scheduled", "pay"), ("requested", "pay"), ("approved", "withhold"), ("paid", "pay"),
    ("paid", "liquidate"), ("withheld", "approve"), ("liquidated", "request"),
])  # fmt: skip
def test_no_step_of_a_tranche_is_left_out_or_done_twice(state: str, verb: str) -> None:
    tranche = record(state, requested_by_id=None, approved_by_id=None)
    with refused("state.no_such_step"):
        TRANCHE.move(tranche, verb, by=ANG, papers={"receipt"}, outstanding=eur(0), earlier=None)


def test_who_brought_a_voucher_does_not_accept_it() -> None:
    with refused("access.same_person"):
        VOUCHER.move(record("received", brought_by_id=ANG.pk), "accept", by=ANG, papers={"voucher"})
    with refused("project.paper_missing"):
        VOUCHER.move(record("received", brought_by_id=ANG.pk), "accept", by=MANAGER, papers=set())


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_voucher_is_refused_with_a_reason(reason: str) -> None:
    with refused("voucher.reason_missing"):
        VOUCHER.move(record("received"), "refuse", reason=Name(en=reason))


@pytest.mark.parametrize("verb", ["accept", "refuse"])
@pytest.mark.parametrize("state", ["accepted", "refused"])
def test_a_voucher_is_decided_once(state: str, verb: str) -> None:
    with refused("state.no_such_step"):
        VOUCHER.move(record(state, brought_by_id=1), verb, by=MANAGER, papers={"voucher"}, reason=NAME)


def test_tranches_make_exactly_the_amount() -> None:
    tranches_make_the_amount([eur(400), eur(235)], eur(635))
    for tranches in ([eur(400), eur("234.99")], [eur(400), eur("235.01")], [], [eur(635), eur(635)]):
        with refused("agreement.tranches"):
            tranches_make_the_amount(tranches, eur(635))


def test_who_checked_a_project_does_not_approve_it() -> None:
    with refused("access.same_person"):
        OA.move(record("checked", checked_by_id=MANAGER.pk), "approve", by=MANAGER)


def test_a_project_of_which_nothing_was_paid_is_not_settled() -> None:
    with refused("project.never_paid"):
        OA.move(record("completed"), "settle", paid=False, outstanding=eur(0))
