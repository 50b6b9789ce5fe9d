"""A social development project on its path, its money by three routes, and its two parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from laar.base.guard import open_door
from laar.base.queries import papers_of
from laar.events.actions import accept_request, raise_request
from laar.kit.figures import Scope, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import reverse_entry
from laar.ledger.models import Book
from laar.ledger.queries import balance, trial_balance
from laar.plans.actions import (
    approve_plan,
    carry_over_line,
    close_plan,
    draft_plan,
    drop_line,
    rank_line,
    submit_plan,
)
from laar.plans.models import Plan
from laar.projects.actions import (
    propose_again_project,
    reject_project,
    request_tranche,
    resume_project,
    return_project,
    suspend_project,
    terminate_project,
    wind_up_project,
)
from laar.projects.queries import outstanding, pending_share, unaccounted
from laar.registers.actions import register_party
from laar.results.queries import stages_of, way_of
from tests.refused import refused, refused_without_trace
from tests.sdp import BACK, GRANT, PAID_FIRST, PAID_LATER, PART, SPENT, Sdp
from tests.thread import faults, fresh
from tests.world import World, eur

WHY = Name(en="The water stands too high", km="ទឹកឡើងខ្ពស់ពេក")


def riel(amount: int) -> Money:
    return Money.of(amount, "KHR")


def value(world: World, key: str, **more: str) -> str:
    return figure_of(key, Scope(world.programme, more=more)).figure


def test_a_project_goes_from_a_request_to_its_end_and_every_book_balances(world: World) -> None:
    sdp = Sdp(world).to("close")
    assert sdp.project.state == "closed"
    assert outstanding(sdp.project) == eur(0)
    assert pending_share(sdp.project) == riel(0)
    assert faults() == []
    for book in (world.book, sdp.memo["expense"].book):
        assert sum(amount.units for _, amount in trial_balance(book)) == 0


def test_the_headlines_are_what_was_paid_less_what_came_back_and_what_the_treasury_paid(world: World) -> None:
    Sdp(world).to("close")
    assert value(world, "sdp.paid") == GRANT.figure
    assert value(world, "sdp.refunded") == BACK.figure
    assert value(world, "sdp.grants") == SPENT.figure
    assert value(world, "sdp.commune_fund") == "2,000.00"
    assert value(world, "sdp.total") == "8,650.50"
    assert value(world, "sdp.commune_share") == "23.12 %"
    assert value(world, "sdp.commune_share_of_grant") == "30.07 %"
    assert value(world, "sdp.grants", project="SDP-1") == SPENT.figure
    assert value(world, "sdp.served") == "612 / 600"


def test_the_communes_money_is_no_cost_of_ours(world: World) -> None:
    Sdp(world).to("close")
    assert value(world, "action.cost") == SPENT.figure


def test_a_project_that_is_not_there_has_no_money(world: World) -> None:
    Sdp(world).to("sign")
    with refused_without_trace("record.not_found"):
        value(world, "sdp.grants", project="SDP-9")


def test_a_need_that_was_not_ranked_or_stands_elsewhere_is_no_project(world: World) -> None:
    sdp = Sdp(world).to("plan")
    other = Sdp(world, number=2).to("plan")
    with refused_without_trace("project.line_of_another_plan"):
        sdp.propose(line=other.line)
    with refused_without_trace("project.theme_missing"):
        sdp.propose(theme="")
    with refused_without_trace("project.wrong_plan"):
        sdp.propose(line=None)


def test_a_need_has_one_project(world: World) -> None:
    sdp = Sdp(world).to("propose")
    sdp.number = 2
    with refused_without_trace("project.line_has_a_project"):
        sdp.propose()
    sdp.check()
    reject_project(sdp.project, reason=WHY, by=world.manager, on=world.day)
    assert sdp.propose().state == "proposed"


def test_who_is_asked_must_have_said_yes_and_the_later_word_counts(world: World) -> None:
    sdp = Sdp(world).to("check")
    with refused_without_trace("project.word_missing"):
        sdp.approve()
    sdp.hear_the_department(is_favourable=False, text=WHY)
    with refused_without_trace("project.word_against"):
        sdp.approve()
    sdp.hear_the_department()
    assert sdp.approve().state == "approved"


def test_a_word_comes_from_the_body_that_is_asked_and_objections_are_written(world: World) -> None:
    sdp = Sdp(world).to("check")
    with refused_without_trace("opinion.wrong_body"):
        sdp.hear_the_department(body=world.committee)
    with refused_without_trace("project.reason_missing"):
        sdp.hear_the_department(is_favourable=False, text=Name(en=" "))
    sdp.hear_the_department()
    sdp.approve()
    sdp.sign()
    with refused_without_trace("opinion.decided"):
        sdp.hear_the_department()


def test_who_is_asked_only_about_later_proposals_is_not_waited_for(world: World) -> None:
    sdp = Sdp(world).to("hear_the_department")
    sdp.asked("Joint review", since=sdp.project.proposed_on + timedelta(days=1), position=2)
    assert sdp.approve().state == "approved"


def test_who_is_asked_about_all_proposals_is_waited_for(world: World) -> None:
    sdp = Sdp(world).to("hear_the_department")
    sdp.asked("Joint review", since=sdp.project.proposed_on, position=2)
    with refused_without_trace("project.word_missing"):
        sdp.approve()


def test_a_checklist_carries_two_names(world: World) -> None:
    sdp = Sdp(world).to("propose")
    for second in (None, world.council):
        with refused_without_trace("project.second_name_missing"):
            sdp.check(second=second)


def test_an_agreement_names_the_communes_part_and_stays_within_the_line(world: World) -> None:
    sdp = Sdp(world).before("sign")
    for terms, no in (
        (sdp.terms(share=None), "agreement.share_missing"),
        (sdp.terms(amount=eur(7001), tranches=[eur(7001)]), "agreement.more_than_plan"),
        (sdp.terms(share=sdp.part(paid_from=sdp.memo["expense"])), "agreement.account"),
    ):
        with refused_without_trace(no):
            sdp.sign(terms=terms)


def test_money_over_the_treasury_is_in_the_communes_budget_first(world: World) -> None:
    sdp = Sdp(world, route="treasury")
    sdp.plan()
    sdp.propose()
    sdp.check()
    sdp.hear_the_department()
    sdp.approve()
    sdp.part()
    with refused_without_trace("agreement.not_budgeted"):
        sdp.sign()
    sdp.budget()
    assert sdp.sign().state == "agreed"


@pytest.mark.parametrize(
    ("route", "paper"), [("advance", "receipt"), ("supplier", "delivery"), ("treasury", "deposit")]
)
def test_each_route_ends_in_its_own_paper_and_in_a_settled_account(world: World, route: str, paper: str) -> None:
    sdp = Sdp(world, route=route).to("settle")
    assert paper in papers_of(sdp.tranche)
    assert balance(world.accounts["advances"]) == eur(0)


def test_a_supplier_is_paid_on_the_councils_request_and_by_name(world: World) -> None:
    sdp = Sdp(world, route="supplier").to("sign")
    with refused_without_trace("tranche.paper_missing"):
        sdp.ask(paper=None)
    with refused_without_trace("tranche.payee_missing"):
        sdp.ask(payee=None)
    assert sdp.ask().payee == world.donor


def test_the_first_payment_starts_the_project(world: World) -> None:
    assert Sdp(world).to("pay").project.state == "running"


def test_a_suspended_project_gets_no_money_until_it_goes_on(world: World) -> None:
    sdp = Sdp(world).before("sign")
    sdp.sign(terms=sdp.terms(tranches=[eur(6000), eur(800)]))
    sdp.pay()
    later = sdp.project.agreement.tranches.get(number=2)
    with refused_without_trace("project.reason_missing"):
        suspend_project(sdp.project, reason=Name(en=""), by=world.manager, on=world.day)
    stopped = suspend_project(sdp.project, reason=WHY, by=world.manager, on=world.day)
    assert (stopped.state, stopped.reason_en) == ("suspended", WHY.en)
    with refused_without_trace("tranche.not_running"):
        request_tranche(later, by=world.users["ang"], on=world.day)
    with refused("state.no_such_step"):
        sdp.complete()
    assert resume_project(stopped, by=world.manager, on=world.day).state == "running"


def test_a_terminated_project_is_settled_when_its_money_is_accounted_for(world: World) -> None:
    sdp = Sdp(world).to("receive")
    sdp.project = terminate_project(sdp.project, reason=WHY, by=world.manager, on=world.day)
    with refused_without_trace("project.not_settled"):
        wind_up_project(sdp.project, by=world.finance, on=world.day)
    sdp.pay_back(amount=GRANT)
    sdp.liquidate()
    assert wind_up_project(sdp.project, by=world.finance, on=world.day).state == "wound_up"
    assert value(world, "sdp.grants") == "0.00"
    assert value(world, "sdp.effective") == "0 / 1"
    assert [stage.code for stage in stages_of(fresh(sdp.request))][-1] == "budgeted"


def test_a_need_whose_project_was_terminated_may_have_another_one(world: World) -> None:
    sdp = Sdp(world).to("sign")
    ended = terminate_project(sdp.project, reason=WHY, by=world.manager, on=world.day)
    sdp.number = 2
    again = sdp.propose()
    assert again.line == ended.line
    wind_up_project(ended, by=world.finance, on=world.day)
    assert fresh(again).state == "proposed"


def test_a_need_is_not_given_up_behind_its_projects_back(world: World) -> None:
    sdp = Sdp(world).to("plan")
    sdp.propose()
    with refused_without_trace("project.need_given_up"):
        drop_line(sdp.line, reason=WHY, by=world.users["ang"], on=world.day)
    reject = {"by": world.manager, "on": world.day}
    sdp.check()
    reject_project(sdp.project, reason=WHY, **reject)
    assert drop_line(sdp.line, reason=WHY, by=world.users["ang"], on=world.day).state == "dropped"


def test_nothing_is_signed_before_the_council_has_adopted_the_programme(world: World) -> None:
    sdp = Sdp(world).before("sign")
    terms = sdp.terms()
    with open_door():
        Plan.objects.filter(pk=sdp.programme_plan.pk).update(state="submitted")
    with refused_without_trace("project.plan_not_adopted"):
        sdp.sign(terms=terms)


def test_what_is_cited_belongs_to_the_council_of_the_project(world: World) -> None:
    """Another council's decision, word, book or committee has no say here."""
    sdp = Sdp(world).to("check")
    theirs = register_party(
        "council", name=Name(en="Council of Ba Srae"), place=world.ba, by=world.manager, on=world.day
    )
    with refused_without_trace("project.not_of_its_council"):
        sdp.hear_the_department(body=theirs)
    with refused_without_trace("opinion.decision_missing"):
        sdp.hear_the_department(decision=None)
    sdp.hear_the_department()
    sdp.approve()
    sdp.part()
    own = sdp.memo["income"].book
    with open_door():
        Book.objects.filter(pk=own.pk).update(owner=theirs)
    sdp.memo = {kind: fresh(account) for kind, account in sdp.memo.items()}
    with refused_without_trace("project.not_of_its_council"):
        sdp.sign()
    with open_door():
        Book.objects.filter(pk=own.pk).update(owner=world.council, is_memorandum=False)
    sdp.memo = {kind: fresh(account) for kind, account in sdp.memo.items()}
    with refused_without_trace("agreement.not_the_communes"):
        sdp.sign()


def test_a_grant_is_not_paid_from_somebody_elses_money(world: World) -> None:
    sdp = Sdp(world).before("sign")
    terms = sdp.terms()
    with open_door():
        Book.objects.filter(pk=world.book.pk).update(is_memorandum=True)
    with refused_without_trace("agreement.memorandum"):
        sdp.sign(terms=replace(terms, bank=fresh(terms.bank)))


def test_money_is_not_dated_before_what_it_is_paid_for(world: World) -> None:
    sdp = Sdp(world).to("sign")
    before = world.day - timedelta(days=1)
    with refused_without_trace("day.before_its_cause"):
        sdp.ask(on=before)
    with refused_without_trace("day.before_its_cause"):
        sdp.copy(PAID_FIRST, on=before)


def test_a_word_on_an_earlier_proposal_is_no_word_on_the_new_one(world: World) -> None:
    sdp = Sdp(world).to("hear_the_department")
    sdp.project = return_project(sdp.project, reason=WHY, by=world.manager, on=world.day)
    sdp.project = propose_again_project(sdp.project, by=world.users["ang"], on=world.day)
    sdp.check()
    with refused_without_trace("project.word_missing"):
        sdp.approve()
    sdp.hear_the_department()
    assert sdp.approve().state == "approved"


def test_a_need_that_was_carried_over_twice_is_followed_to_its_money_and_back(world: World) -> None:
    sdp = Sdp(world)
    sdp.plan()
    ang = {"by": world.users["ang"], "on": world.day}
    for number in (2, 3):
        later = draft_plan(
            world.programme, "cip", place=world.ang, owner=world.council, year=2010 + number, funding="own",
            title=Name(en=f"Programme {number}"), **ang,
        )  # fmt: skip
        line = carry_over_line(sdp.line, to=later, **ang)
        sdp.line, sdp.programme_plan = rank_line(line, rank=1, **ang), later
        submitted = submit_plan(later, **ang)
        sdp.programme_plan = approve_plan(submitted, decision=sdp.decision, by=world.manager, on=world.day)
    sdp.done.append("plan")
    sdp.to("pay")
    assert [stage.code for stage in stages_of(fresh(sdp.request))][-1] == "funded"
    for record in (sdp.request, sdp.tranche, sdp.project):
        way = {stretch.name.en: stretch.records for stretch in way_of(record)}
        assert way["Request"] == (sdp.request,)
        assert way["Tranche"] == (sdp.tranche,)
        assert len(way["Line of the plan"]) == 3


@pytest.mark.parametrize("amount", [BACK + eur("0.01"), eur(0), -eur(1)])
def test_no_more_comes_back_than_is_left(world: World, amount: Money) -> None:
    sdp = Sdp(world).to("spend")
    with refused_without_trace("refund.too_much"):
        sdp.pay_back(amount=amount)


def test_vouchers_and_refunds_together_are_not_more_than_was_paid(world: World) -> None:
    sdp = Sdp(world).to("pay_back")
    assert unaccounted(sdp.tranche) == eur(0)
    with refused("voucher.too_much"):
        sdp.spend(eur("0.01"))


def test_a_refund_is_never_reversed_behind_its_back(world: World) -> None:
    sdp = Sdp(world).to("treasury_pays")
    for entry in (sdp.refund.entry, sdp.payment.entry):
        with refused_without_trace("tranche.entry_cited"):
            reverse_entry(entry, reason=WHY, by=world.finance, on=world.day)


def test_the_committee_is_asked_before_a_completion_is_verified_and_may_be_silent(world: World) -> None:
    sdp = Sdp(world).to("complete")
    with refused_without_trace("project.visit_missing"):
        sdp.verify()
    with refused_without_trace("visit.event_missing"):
        sdp.visit(event=None)
    visit = sdp.event("monitoring")
    with refused_without_trace("visit.not_a_committee"):
        sdp.visit(body=world.council, event=visit)
    forum = sdp.event("forum")
    with refused_without_trace("visit.wrong_event"):
        sdp.visit(event=forum)
    sdp.visit(event=None, opinion="silent")
    assert sdp.verify().state == "verified"
    assert value(world, "sdp.words_of_committees", opinion="silent") == "1"


def test_what_the_committee_found_is_answered_first_and_that_it_disagrees_stops_nothing(world: World) -> None:
    sdp = Sdp(world).to("complete")
    visit = sdp.visit(opinion="disagrees")
    assert visit.event is not None
    by, day = world.users["ang"], world.day
    found = raise_request(visit.event, text=Name(en="Two filters leak"), by=by, on=day)
    with refused_without_trace("project.findings_open"):
        sdp.verify()
    accept_request(found, by=by, on=day)
    sdp.verify()
    assert sdp.settle().state == "settled"


def test_who_recorded_the_completion_does_not_verify_it(world: World) -> None:
    sdp = Sdp(world).before("complete")
    sdp.complete(by=world.manager)
    sdp.visit()
    with refused_without_trace("access.same_person"):
        sdp.verify()
    assert sdp.verify(by=world.second).state == "verified"


def test_our_part_is_settled_while_the_communes_part_is_pending(world: World) -> None:
    sdp = Sdp(world).to("settle")
    assert pending_share(sdp.project) == PART
    with refused_without_trace("project.share_pending"):
        sdp.close()
    sdp.copy(PAID_FIRST)
    with refused_without_trace("project.share_pending"):
        sdp.close()
    sdp.copy(PAID_LATER)
    assert sdp.close().state == "closed"


def test_the_treasury_pays_what_was_decided_in_riel_and_once(world: World) -> None:
    sdp = Sdp(world).to("sign")
    with refused_without_trace("treasury.too_much"):
        sdp.copy(PART + riel(1))
    with refused_without_trace("treasury.currency"):
        sdp.copy(eur(100))
    with refused_without_trace("project.paper_missing"):
        sdp.copy(PAID_FIRST, papers={"slip": world.paper()})
    sdp.copy(PAID_FIRST, order="PO-77")
    with refused_without_trace("treasury.number_taken"):
        sdp.copy(PAID_LATER, order="PO-77")


def test_a_payment_of_the_treasury_is_converted_at_the_rate_of_its_day(world: World) -> None:
    sdp = Sdp(world).to("sign")
    payment = sdp.copy(PAID_FIRST)
    (posting,) = payment.entry.postings.filter(account=sdp.memo["expense"])
    assert (posting.amount, Money(posting.in_book, "EUR")) == (PAID_FIRST, eur(1250))
    assert posting.rate is not None


def test_a_programme_is_not_closed_while_one_of_its_projects_is_open(world: World) -> None:
    sdp = Sdp(world).to("pay")
    with refused_without_trace("project.open"):
        close_plan(fresh(sdp.programme_plan), by=world.manager, on=world.day)


def test_a_request_is_seen_to_be_planned_budgeted_funded_and_done(world: World) -> None:
    sdp = Sdp(world).to("close")
    codes = [stage.code for stage in stages_of(fresh(sdp.request))]
    assert codes == ["asked", "accepted", "planned", "budgeted", "agreed", "funded", "done"]


def test_from_a_payment_of_the_treasury_one_sees_what_was_asked(world: World) -> None:
    sdp = Sdp(world).to("close")
    way = {stretch.name.en: stretch.records for stretch in way_of(sdp.payment)}
    assert way["Request"] == (sdp.request,)
    assert way["Council decision"] == (sdp.decision,)
    assert way["Refund"] == (sdp.refund,)
    assert way["Word of the committee"] == (sdp.visited,)
    assert [stretch.name for stretch in way_of(sdp.decision)] == [stretch.name for stretch in way_of(sdp.payment)]
