"""The money of a grant: requested, approved, paid, acknowledged, accounted for; and four eyes all the way."""

from __future__ import annotations

import pytest

from laar.base.actions import grant_role
from laar.base.queries import evidence_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import open_account, open_book
from laar.ledger.models import Entry
from laar.ledger.queries import balance
from laar.projects.actions import (
    accept_voucher,
    approve_tranche,
    bring_voucher,
    liquidate_tranche,
    refuse_voucher,
    request_tranche,
    withhold_tranche,
)
from laar.projects.models import Tranche, Voucher
from laar.projects.queries import accepted, outstanding
from tests.refused import refused_without_trace
from tests.thread import FIRST, GRANT, Thread, faults, fresh
from tests.world import World, eur

MONEY = ("request_first", "approve_first", "pay_first", "acknowledge_first", "bring_voucher", "accept_voucher")


def also(world: World, name: str, role: str) -> None:
    """Give a user of the programme a second role in it."""
    grant_role(world.users[name], role=role, programme=world.programme, since=world.day, by=world.admin, on=world.day)


def test_the_second_tranche_waits_until_the_first_is_liquidated(world: World) -> None:
    thread = Thread(world).to("sign")
    for stage in ("sign", "request_first", "approve_first", "pay_first", "acknowledge_first", "accept_voucher"):
        thread.to(stage)
        with refused_without_trace("tranche.earlier_open"):
            request_tranche(thread.second, by=world.users["ang"], on=world.day)
    thread.to("liquidate_first")
    assert request_tranche(thread.second, by=world.users["ang"], on=world.day).state == "requested"


def test_who_requested_a_tranche_does_not_approve_it(world: World) -> None:
    thread = Thread(world).before("request_first")
    thread.request_first(by=world.manager)
    with refused_without_trace("access.same_person"):
        thread.approve_first(by=world.manager)
    assert thread.approve_first(by=world.second).approved_by == world.second


def test_who_approved_a_tranche_does_not_pay_it_whatever_roles_she_has(world: World) -> None:
    also(world, "second", "finance")
    thread = Thread(world).to("request_first")
    thread.approve_first(by=world.second)
    with refused_without_trace("access.same_person"):
        thread.pay_first(by=world.second)
    assert not Entry.objects.exists()


def test_who_brought_a_voucher_does_not_accept_it_whatever_roles_he_has(world: World) -> None:
    also(world, "ang", "finance")
    thread = Thread(world).to("bring_voucher")
    with refused_without_trace("access.same_person"):
        thread.accept_voucher(by=world.users["ang"])
    assert thread.accept_voucher().state == "accepted"


def test_a_withheld_tranche_is_requested_anew_and_by_whom_it_was_is_known(world: World) -> None:
    thread = Thread(world).to("request_first")
    held = withhold_tranche(thread.first, reason=Name(en="Why?"), by=world.manager, on=world.day)
    with refused_without_trace("state.no_such_step"):
        approve_tranche(held, by=world.manager, on=world.day)
    with refused_without_trace("access.no_role"):  # who pays does not request
        request_tranche(held, by=world.finance, on=world.day)
    again = request_tranche(held, by=world.second, on=world.day)
    assert again.requested_by == world.second


@pytest.mark.parametrize("stage", ["approve_first", "pay_first", "acknowledge_first", "liquidate_first"])
def test_a_stage_of_a_tranche_is_passed_once_whatever_copy_the_caller_has(world: World, stage: str) -> None:
    thread = Thread(world).before(stage)
    stale = thread.first
    getattr(thread, stage)()
    thread.first = stale
    with refused_without_trace("state.no_such_step"):
        getattr(thread, stage)()
    assert Entry.objects.filter(text_en__startswith="Tranche").count() == (stage != "approve_first")


@pytest.mark.parametrize("stage", ["sign", "request_first", "approve_first"])
def test_no_voucher_comes_in_before_the_money_went_out(world: World, stage: str) -> None:
    thread = Thread(world).to(stage)
    with refused_without_trace("voucher.tranche_not_paid"):
        thread.bring_voucher()


def test_vouchers_never_come_to_more_than_was_paid(world: World) -> None:
    thread = Thread(world).to("acknowledge_first")
    some = thread.voucher_of(thread.first, "V-a", eur(399))
    most = thread.voucher_of(thread.first, "V-b", eur("1.01"))
    rest = thread.voucher_of(thread.first, "V-c", eur(1))
    accept_voucher(some, by=world.finance, on=world.day)
    with refused_without_trace("voucher.too_much") as no:
        accept_voucher(most, by=world.finance, on=world.day)
    assert "EUR 400.01" in no.value.text.en
    accept_voucher(rest, by=world.finance, on=world.day)
    assert accepted(thread.first) == FIRST
    assert balance(world.accounts["expense"]) == FIRST


def test_a_voucher_in_another_currency_than_its_tranche_is_not_brought_in(world: World) -> None:
    thread = Thread(world).to("acknowledge_first")
    with refused_without_trace("voucher.currency"):
        thread.voucher_of(thread.first, "V-a", Money.of(5, "USD"))


def test_a_voucher_is_over_something(world: World) -> None:
    thread = Thread(world).to("acknowledge_first")
    for amount in (eur(0), -eur(1)):
        with refused_without_trace("record.invalid"):
            thread.voucher_of(thread.first, "V-a", amount)


def test_a_number_names_one_voucher(world: World) -> None:
    thread = Thread(world).to("bring_voucher")
    with refused_without_trace("voucher.brought_already"):
        thread.bring_voucher()


def test_one_receipt_is_paid_for_once(world: World) -> None:
    """Neither the same scan under another number, nor the same number typed in another way."""
    thread = Thread(world).to("bring_voucher")
    first = thread.voucher
    facts = {"dated": world.day, "payee": "Shop", "text": Name(en="Paper"), "amount": eur(1), "by": world.users["ang"]}
    same = evidence_of(first).get().evidence
    with refused_without_trace("voucher.brought_already"):
        bring_voucher(thread.first, number="V-99", paper=same, on=world.day, **facts)
    for number in (first.number.lower(), f" {first.number[:3]}\u200b{first.number[3:]}"):
        with refused_without_trace("voucher.brought_already"):
            bring_voucher(thread.first, number=number, paper=world.paper(), on=world.day, **facts)
    refuse_voucher(first, reason=Name(en="No signature"), by=world.finance, on=world.day)
    again = bring_voucher(thread.first, number=f"{first.number}/2", paper=same, on=world.day, **facts)
    assert again.state == "received"


def test_a_refused_voucher_accounts_for_nothing(world: World) -> None:
    thread = Thread(world).to("bring_voucher")
    no = refuse_voucher(thread.voucher, reason=Name(en="", km="គ្មានហត្ថលេខា"), by=world.finance, on=world.day)
    assert (no.state, no.entry, no.reason_km) == ("refused", None, "គ្មានហត្ថលេខា")
    with refused_without_trace("tranche.not_accounted"):
        liquidate_tranche(thread.first, by=world.finance, on=world.day)
    assert outstanding(thread.project) == FIRST


def test_a_voucher_is_not_refused_without_a_reason(world: World) -> None:
    thread = Thread(world).to("bring_voucher")
    with refused_without_trace("voucher.reason_missing"):
        refuse_voucher(thread.voucher, reason=Name(en=" "), by=world.finance, on=world.day)


def test_a_tranche_is_liquidated_to_the_cent(world: World) -> None:
    thread = Thread(world).to("acknowledge_first")
    accept_voucher(thread.voucher_of(thread.first, "V-a", eur("399.99")), by=world.finance, on=world.day)
    with refused_without_trace("tranche.not_accounted") as no:
        liquidate_tranche(thread.first, by=world.finance, on=world.day)
    assert "EUR 0.01" in no.value.text.en
    accept_voucher(thread.voucher_of(thread.first, "V-b", eur("0.01")), by=world.finance, on=world.day)
    assert liquidate_tranche(thread.first, by=world.finance, on=world.day).state == "liquidated"


def test_a_tranche_is_not_liquidated_before_the_council_signed_for_it(world: World) -> None:
    thread = Thread(world).to("pay_first")
    accept_voucher(thread.voucher_of(thread.first, "V-a", FIRST), by=world.finance, on=world.day)
    with refused_without_trace("state.no_such_step"):
        liquidate_tranche(thread.first, by=world.finance, on=world.day)


def test_what_was_paid_is_accounted_for_or_outstanding_at_every_stage(world: World) -> None:
    thread = Thread(world)
    seen = {}
    for stage in ("pay_first", "accept_voucher", "pay_second", "liquidate_second"):
        thread.to(stage)
        seen[stage] = (outstanding(thread.project), balance(world.accounts["expense"]))
        assert seen[stage][0] == balance(world.accounts["advances"])
    assert seen == {
        "pay_first": (FIRST, eur(0)),
        "accept_voucher": (eur(0), FIRST),
        "pay_second": (GRANT - FIRST, FIRST),
        "liquidate_second": (eur(0), GRANT),
    }


@pytest.mark.parametrize("name", ["ba", "stranger", "nobody", "admin"])
def test_who_has_no_role_here_moves_no_money(world: World, name: str) -> None:
    thread = Thread(world)
    for stage in MONEY:
        thread.before(stage)
        with refused_without_trace("access.no_role"):
            getattr(thread, stage)(by=world.users[name])


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        ("approve_first", "ang"),
        ("approve_first", "finance"),
        ("pay_first", "ang"),
        ("pay_first", "second"),
        ("bring_voucher", "finance"),
        ("accept_voucher", "manager"),
        ("liquidate_first", "manager"),
        ("settle", "manager"),
    ],
)
def test_requesting_approving_and_paying_are_three_roles(world: World, stage: str, name: str) -> None:
    thread = Thread(world).before(stage)
    with refused_without_trace("access.no_role"):
        getattr(thread, stage)(by=world.users[name])


def test_an_agreement_whose_money_moves_between_two_books_is_not_signed(world: World) -> None:
    book = open_book(
        world.programme, "TWO", name=Name(en="Two"), owner=world.ngo, currency="EUR", by=world.finance, on=world.day
    )
    elsewhere = open_account(book, "adv", name=Name(en="x"), kind="asset", by=world.finance, on=world.day)
    thread = Thread(world).before("sign")
    with refused_without_trace("entry.other_book"):
        thread.sign(terms=thread.terms(advances=elsewhere))
    assert fresh(thread.project).state == "approved"


def test_a_thread_that_stops_anywhere_is_whole(world: World) -> None:
    thread = Thread(world)
    for stage in ("raise_request", "submit_plan", "sign", "pay_first", "bring_voucher", "pay_second", "complete"):
        thread.to(stage)
        assert faults() == [], stage
    assert Tranche.objects.count() == Voucher.objects.count() == 2
