"""A grant from proposal to agreement, and from completion to settlement."""

from __future__ import annotations

from typing import Any

import pytest

from laar.base.queries import papers_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import open_fund, open_purpose
from laar.plans.actions import cancel_line
from laar.projects.actions import (
    approve_tranche,
    complete_project,
    pay_tranche,
    propose_again_project,
    propose_project,
    reject_project,
    request_tranche,
    return_project,
    sign_project,
)
from laar.projects.models import Agreement, Completion, Project, Tranche
from laar.projects.queries import outstanding
from tests.refused import refused_without_trace
from tests.thread import FIRST, GRANT, SECOND, Thread, faults, fresh
from tests.world import World, eur


@pytest.mark.parametrize("stage", ["add_line", "submit_plan"])
def test_no_grant_is_proposed_for_a_plan_the_council_has_not_approved(world: World, stage: str) -> None:
    thread = Thread(world).to(stage)
    with refused_without_trace("project.plan_not_approved"):
        thread.propose()


def test_no_grant_is_proposed_for_a_plan_of_the_communes_own_means(world: World) -> None:
    thread = Thread(world).before("draft_plan")
    thread.draft_plan(funding="own")
    for stage in ("add_line", "submit_plan", "approve_plan"):
        getattr(thread, stage)()
    with refused_without_trace("project.plan_not_funded"):
        thread.propose()


def test_a_code_names_one_project(world: World) -> None:
    Thread(world).to("propose")
    second = Thread(world, 2).to("approve_plan")
    with refused_without_trace("record.already_there"):
        second.propose(code="OA-1")


def test_a_purpose_of_the_other_programme_is_refused(world: World) -> None:
    thread = Thread(world).to("approve_plan")
    theirs = open_purpose(world.other, "OA", name=Name(en="x"), kind="oa", by=world.stranger, on=world.day)
    with refused_without_trace("record.other_programme"):
        propose_project(thread.plan, code="X", purpose=theirs, title=Name(en="x"), by=world.users["ang"], on=world.day)


def test_a_returned_proposal_comes_back_and_a_rejected_one_does_not(world: World) -> None:
    thread = Thread(world).to("check")
    by, day = world.users["ang"], world.day
    returned = return_project(thread.project, reason=Name(en="Incomplete"), by=by, on=day)
    thread.project = propose_again_project(returned, by=by, on=day)
    thread.check()
    thread.project = reject_project(thread.project, reason=Name(en="Too dear"), by=world.manager, on=day)
    assert thread.project.state == "rejected"
    with refused_without_trace("state.no_such_step"):
        propose_again_project(thread.project, by=by, on=day)
    with refused_without_trace("state.no_such_step"):
        thread.sign()


def test_an_agreement_names_its_tranches(world: World) -> None:
    thread = Thread(world).to("sign")
    assert thread.agreement.amount == GRANT
    assert thread.agreement.signed_on == world.day
    assert [(tranche.number, tranche.amount, tranche.state) for tranche in (thread.first, thread.second)] == [
        (1, FIRST, "scheduled"),
        (2, SECOND, "scheduled"),
    ]
    assert papers_of(thread.project) == {"checklist", "agreement"}


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"tranches": [FIRST, SECOND + eur("0.01")]}, "agreement.tranches"),
        ({"tranches": [FIRST]}, "agreement.tranches"),
        ({"tranches": []}, "agreement.tranches"),
        ({"tranches": [FIRST, Money.of(235, "USD")]}, "agreement.tranches"),
        ({"amount": eur("700.01"), "tranches": [eur("700.01")]}, "agreement.more_than_plan"),
        ({"amount": Money.of(1, "USD"), "tranches": [Money.of(1, "USD")]}, "agreement.currency"),
        ({"tranches": [eur(700), -eur(65)]}, "record.invalid"),
    ],
)
def test_terms_that_do_not_add_up_leave_no_agreement(world: World, terms: dict[str, Any], code: str) -> None:
    thread = Thread(world).before("sign")
    with refused_without_trace(code):
        thread.sign(terms=thread.terms(**terms))
    assert fresh(thread.project).state == "approved"
    assert not Agreement.objects.exists()
    assert not Tranche.objects.exists()


def test_an_agreement_may_take_all_that_the_plan_needs(world: World) -> None:
    thread = Thread(world).before("sign")
    signed = sign_project(
        thread.project,
        terms=thread.terms(amount=eur(700), tranches=[eur(700)]),
        paper=world.paper(),
        by=world.manager,
        on=world.day,
    )
    assert signed.agreement.tranches.get().amount == eur(700)


def test_a_project_is_signed_once(world: World) -> None:
    thread = Thread(world).to("sign")
    with refused_without_trace("state.no_such_step"):
        thread.sign(terms=thread.terms(number="A-again"))


def test_a_number_names_one_agreement(world: World) -> None:
    Thread(world).to("sign")
    second = Thread(world, 2).before("sign")
    with refused_without_trace("record.already_there"):
        second.sign(terms=second.terms(number="A-1"))


def test_a_fund_of_the_other_programme_pays_nothing_here(world: World) -> None:
    thread = Thread(world).before("sign")
    theirs = open_fund(
        world.other, "G", name=Name(en="x"), kind="grant", giver=world.donor, by=world.stranger, on=world.day
    )
    with refused_without_trace("record.other_programme"):
        thread.sign(terms=thread.terms(fund=theirs))


def test_a_project_is_not_complete_before_every_line_is(world: World) -> None:
    thread = Thread(world).to("acknowledge_first")
    with refused_without_trace("project.lines_left"):
        thread.complete()
    cancel_line(thread.line, reason=Name(en="Flood"), by=world.users["ang"], on=world.day)
    assert thread.complete().state == "completed"


def test_more_women_than_people_are_not_reached(world: World) -> None:
    thread = Thread(world).before("complete")
    report = world.paper()
    with refused_without_trace("record.invalid"):
        complete_project(
            thread.project,
            people=10,
            women=11,
            text=Name(en="x"),
            report=report,
            by=world.users["ang"],
            on=world.day,
        )
    assert not Completion.objects.exists()


def test_what_is_not_accounted_for_keeps_a_project_from_being_settled(world: World) -> None:
    thread = Thread(world).to("hold_line")
    thread.complete()
    assert outstanding(thread.project) == FIRST
    with refused_without_trace("project.not_settled") as no:
        thread.settle()
    assert "EUR 400.00" in no.value.text.en


def test_a_project_whose_second_tranche_was_never_paid_can_be_settled(world: World) -> None:
    thread = Thread(world).to("liquidate_first")
    thread.complete()
    assert thread.settle().state == "settled"
    assert faults() == []


def test_no_tranche_of_a_settled_project_is_requested(world: World) -> None:
    thread = Thread(world).to("liquidate_first")
    thread.complete()
    thread.settle()
    with refused_without_trace("tranche.project_settled"):
        request_tranche(thread.second, by=world.users["ang"], on=world.day)


def test_no_tranche_is_paid_that_was_approved_before_its_project_was_settled(world: World) -> None:
    thread = Thread(world).to("liquidate_first")
    approved = approve_tranche(
        request_tranche(thread.second, by=world.users["ang"], on=world.day), by=world.manager, on=world.day
    )
    thread.complete()
    thread.settle()
    with refused_without_trace("tranche.project_settled"):
        pay_tranche(approved, by=world.finance, on=world.day)


def test_a_project_of_the_other_programme_is_nobodys_business_here(world: World) -> None:
    thread = Thread(world).to("propose")
    for stage in ("check", "approve", "sign"):
        with refused_without_trace("access.no_role"):
            getattr(thread, stage)(by=world.stranger)
    assert Project.objects.get().state == "proposed"


def test_a_facilitator_of_another_commune_has_no_part_in_the_project(world: World) -> None:
    thread = Thread(world)
    for stage in ("propose", "check", "complete"):
        thread.before(stage)
        with refused_without_trace("access.no_role"):
            getattr(thread, stage)(by=world.users["ba"])


@pytest.mark.parametrize("stage", ["approve", "sign", "settle"])
def test_a_facilitator_neither_approves_nor_signs_nor_settles(world: World, stage: str) -> None:
    thread = Thread(world).before(stage)
    with refused_without_trace("access.no_role"):
        getattr(thread, stage)(by=world.users["ang"])
