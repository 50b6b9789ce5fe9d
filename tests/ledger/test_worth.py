"""What a currency is worth in the book: of the day of posting, with the book's own rates, and nothing is left of nothing."""

from __future__ import annotations

from datetime import date

import pytest

from laar.base.guard import open_door
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.periods import month, year
from laar.ledger.actions import (
    Item,
    Leg,
    agree_fund,
    exchanged,
    given_out,
    open_fund,
    paid,
    post_entry,
    rate_book,
    received,
    revalue_account,
    reverse_entry,
    settled_with,
)
from laar.ledger.models import Document, Entry
from laar.ledger.queries import balance, balance_in, checklist, holds_foreign, settled, trial_balance, year_checklist
from tests.ledger.books import money, post, rate
from tests.ledger.papers import Office, office
from tests.refused import refused, refused_without_trace
from tests.thread import faults
from tests.world import World, eur

WHY = Name(en="Written by mistake", km="សរសេរច្រឡំ")
FIRST, LATER = date(2008, 3, 1), date(2008, 3, 9)
YEAR_END = date(2007, 12, 31)


@pytest.fixture
def here(world: World) -> Office:
    """An office; a euro is 1.25 dollars and 5,000 riel, and from the ninth of March 1.60 and 4,000."""
    for since, usd, khr in ((date(2007, 1, 1), "1.25", "5000"), (LATER, "1.6", "4000")):
        rate(world, "USD", usd, since)
        rate(world, "KHR", khr, since)
    return office(world)


def done(here: Office, kind: str, lines: list[Leg], on: date, **more: object) -> Document:
    return here.posted(here.prepared(kind, lines, on=on, **more), on)


def came(here: Office, account: str, amount: str, on: date) -> Document:
    """The donor's money comes in."""
    item = Item(here.world.accounts["income"], here.world.fund, money(amount))
    return done(here, "receipt", received(here.accounts[account], [item]), on)


def spent(here: Office, account: str, amount: str, on: date) -> Document:
    return done(here, "payment", paid(here.accounts[account], [here.item(money(amount))]), on)


def advanced(here: Office, amount: str, on: date = FIRST, account: str = "usd") -> Document:
    lines = given_out(here.accounts[account], here.accounts["adv"], here.item(money(amount)))
    return done(here, "advance", lines, on, due_on=LATER)


def accounted(here: Office, advance: Document, amount: str, on: date = LATER) -> Document:
    return done(
        here, "liquidation", settled_with(here.accounts["adv"], [here.item(money(amount))]), on, settles=advance
    )


def said(entry: Entry | None) -> list[tuple[str, str, str]]:
    assert entry
    return [
        (one.account.code, str(one.amount), Money(one.in_book, "EUR").figure)
        for one in entry.postings.select_related("account").order_by("position")
    ]


def nothing_wrong(here: Office) -> None:
    assert sum(one.units for _, one in trial_balance(here.world.book)) == 0
    assert faults() == []


# ── the last of a currency ──────────────────────────────────────────────────────────────────────────────────────────
def test_an_advance_that_is_accounted_for_leaves_no_worth_behind(here: Office) -> None:
    came(here, "usd", "USD 1000", FIRST)
    advance, other = advanced(here, "USD 100"), advanced(here, "USD 200")
    assert balance(here.accounts["adv"]) == eur("240")
    accounted(here, advance, "USD 40")
    last = accounted(here, advance, "USD 60")
    assert said(last.entry) == [
        ("cost", "USD 60.00", "37.50"),
        ("adv", "USD –60.00", "–37.50"),
        ("adv", "USD 0.00", "–17.50"),
        ("gain", "USD 0.00", "17.50"),
    ]
    assert balance(here.accounts["adv"]) == eur("160")  # the other advance as it was given
    accounted(here, other, "USD 200")
    assert balance(here.accounts["adv"]) == eur("0")
    nothing_wrong(here)


def test_a_refund_that_ends_an_advance_does_the_same_and_its_reversal_takes_it_back(here: Office) -> None:
    came(here, "box", "KHR 1000000", FIRST)
    advance = advanced(here, "KHR 400000", account="box")
    accounted(here, advance, "KHR 300000")
    lines = received(here.accounts["box"], [Item(here.accounts["adv"], here.world.fund, money("KHR 100000"))])
    back = done(here, "receipt", lines, LATER, settles=advance)
    assert settled(advance).left == money("KHR 0")
    assert balance(here.accounts["adv"]) == eur("0")
    assert balance(here.accounts["gain"]) == -eur("20")  # riel became dearer: 80 euro of riel were spent as 100
    here.posted(here.prepared("reversal", [], reverses=back, text=Name(en="x"), on=LATER))
    assert settled(advance).left == money("KHR 100000")
    assert balance(here.accounts["gain"]) == eur("0")
    nothing_wrong(here)


@pytest.mark.parametrize(("account", "amount"), [("usd", "USD 1000"), ("box", "KHR 1000000")])
def test_a_foreign_account_that_is_emptied_is_worth_nothing(here: Office, account: str, amount: str) -> None:
    came(here, account, amount, FIRST)
    spent(here, account, amount, LATER)
    assert balance_in(here.accounts[account].pk, amount[:3]).units == 0
    assert balance(here.accounts[account]) == eur("0")
    assert balance(here.accounts["gain"]).units
    nothing_wrong(here)


def test_what_was_revalued_meanwhile_goes_with_the_last_of_it(here: Office) -> None:
    came(here, "usd", "USD 300", FIRST)
    one, other = advanced(here, "USD 100"), advanced(here, "USD 200")
    rate(here.world, "USD", "2", date(2008, 3, 5))
    revalue_account(here.accounts["adv"], by=here.world.finance, on=date(2008, 3, 5))
    assert balance(here.accounts["adv"]) == eur("150")
    assert holds_foreign(here.accounts["adv"])  # kept in whatever comes
    assert not holds_foreign(here.accounts["cost"])
    accounted(here, one, "USD 100")
    assert balance(here.accounts["adv"]) == eur("100")
    accounted(here, other, "USD 200")
    assert balance(here.accounts["adv"]) == eur("0")
    nothing_wrong(here)


def test_without_an_account_for_gains_the_last_of_a_currency_stays_where_it_is(here: Office) -> None:
    came(here, "usd", "USD 10", FIRST)
    with open_door():
        here.accounts["gain"].use = ""
        here.accounts["gain"].save(update_fields=["use"])
    waiting = here.approved(
        here.prepared("payment", paid(here.accounts["usd"], [here.item(money("USD 10"))]), on=LATER)
    )
    with refused_without_trace("account.no_gain_account"):
        here.cashier_posts(waiting, LATER)


def test_what_is_undone_after_a_revaluation_leaves_nothing_behind_either(here: Office) -> None:
    first = came(here, "usd", "USD 1000", FIRST)
    revalue_account(here.accounts["usd"], by=here.world.finance, on=LATER)
    back = here.posted(here.prepared("reversal", [], reverses=first, text=WHY))
    assert said(back.entry) == [
        ("usd", "USD –1,000.00", "–800.00"),
        ("income", "USD 1,000.00", "800.00"),
        ("usd", "USD 0.00", "175.00"),
        ("gain", "USD 0.00", "–175.00"),
    ]
    assert balance(here.accounts["usd"]) == balance(here.accounts["gain"]) == eur(0)
    here.posted(here.prepared("reversal", [], reverses=back, text=WHY))
    assert balance(here.accounts["usd"]) == eur("625")  # as it was revalued
    nothing_wrong(here)


def test_of_two_advances_the_one_that_is_undone_takes_its_part_of_the_revaluation(here: Office) -> None:
    came(here, "usd", "USD 1000", FIRST)
    one, two = advanced(here, "USD 100"), advanced(here, "USD 300")
    revalue_account(here.accounts["adv"], by=here.world.finance, on=LATER)
    here.posted(here.prepared("reversal", [], reverses=one, text=WHY))
    assert balance(here.accounts["adv"]) == eur("187.50") == eur(300 * 0.625)
    assert settled(two).left == money("USD 300")
    nothing_wrong(here)


def test_a_revaluation_is_undone_also_where_nothing_is_left_to_revalue(here: Office) -> None:
    came(here, "usd", "USD 100", FIRST)
    wrong = revalue_account(here.accounts["usd"], by=here.world.finance, on=LATER)
    spent(here, "usd", "USD 100", LATER)
    reverse_entry(wrong, reason=WHY, by=here.world.manager, on=LATER)
    assert balance(here.accounts["usd"]) == eur(0)
    nothing_wrong(here)


# ── revaluation and the checklists ──────────────────────────────────────────────────────────────────────────────────
def test_an_account_of_several_currencies_is_revalued_in_each(here: Office) -> None:
    came(here, "usd", "USD 1000", FIRST)
    came(here, "box", "KHR 1000000", FIRST)
    advanced(here, "USD 100")
    advanced(here, "KHR 400000", account="box")
    entry = revalue_account(here.accounts["adv"], by=here.world.finance, on=LATER)
    assert said(entry) == [
        ("adv", "KHR 0", "20.00"),
        ("gain", "KHR 0", "–20.00"),
        ("adv", "USD 0.00", "–17.50"),
        ("gain", "USD 0.00", "17.50"),
    ]
    with refused_without_trace("account.nothing_to_revalue"):
        revalue_account(here.accounts["adv"], by=here.world.finance, on=LATER)
    nothing_wrong(here)


def test_what_was_earned_or_spent_is_not_revalued(here: Office) -> None:
    with refused_without_trace("account.not_revalued"):
        revalue_account(here.accounts["cost"], by=here.world.finance, on=LATER)


def test_the_year_asks_for_advances_in_another_currency_too(here: Office) -> None:
    came(here, "usd", "USD 100", date(2007, 12, 1))
    advanced(here, "USD 100", date(2007, 12, 1))
    point = {one.point.key: one.finding for one in year_checklist(here.world.book, year(2007))}["revalued"]
    assert point.is_met  # at the rate of the last day it is worth what the book says
    rate(here.world, "USD", "1.6", YEAR_END)
    point = {one.point.key: one.finding for one in year_checklist(here.world.book, year(2007))}["revalued"]
    assert not point.is_met
    assert "adv" in point.text.en
    revalue_account(here.accounts["adv"], by=here.world.finance, on=YEAR_END)
    point = {one.point.key: one.finding for one in year_checklist(here.world.book, year(2007))}["revalued"]
    assert point.is_met


def test_an_advance_is_overdue_by_what_is_left_in_its_own_currency(here: Office) -> None:
    came(here, "usd", "USD 1000", FIRST)
    advance = advanced(here, "USD 100")

    def overdue() -> bool:
        found = {one.point.key: one.finding for one in checklist(here.world.book, month(FIRST))}
        return not found["advances"].is_met

    rate(here.world, "USD", "0.5", date(2008, 3, 10))  # one dollar is worth more now than all of it then
    accounted(here, advance, "USD 99", date(2008, 3, 10))
    assert overdue()
    last = accounted(here, advance, "USD 1", date(2008, 3, 10))
    assert not overdue()
    here.posted(here.prepared("reversal", [], reverses=last, text=Name(en="x")))
    assert overdue()


# ── which advance ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_liquidation_takes_from_the_fund_that_the_advance_was_given_from(here: Office) -> None:
    world = here.world
    advance = here.advance("100")
    other = open_fund(
        world.programme, "H", name=Name(en="Other"), kind="grant", giver=world.donor, by=world.finance, on=world.day
    )
    item = Item(here.accounts["cost"], other, eur("10"))
    with refused_without_trace("advance.other"):
        here.prepared("liquidation", settled_with(here.accounts["adv"], [item]), settles=advance)


def test_a_liquidation_takes_from_the_account_that_the_advance_stands_on(here: Office) -> None:
    advance = here.advance("100")
    with open_door():
        here.accounts["owed"].use = "advance"
        here.accounts["owed"].save(update_fields=["use"])
    with refused_without_trace("advance.other"):
        here.prepared("liquidation", settled_with(here.accounts["owed"], [here.item(eur("10"))]), settles=advance)


def test_of_an_advance_of_two_funds_each_is_accounted_for_up_to_its_own(here: Office) -> None:
    world = here.world
    other = open_fund(
        world.programme, "H", name=Name(en="Other"), kind="grant", giver=world.donor, by=world.finance, on=world.day
    )
    bank, adv = here.accounts["bank"], here.accounts["adv"]
    lines = given_out(bank, adv, here.item(eur("60")))
    lines += given_out(bank, adv, Item(here.accounts["cost"], other, eur("40")))
    advance = here.posted(here.prepared("advance", lines, due_on=world.day))
    with refused_without_trace("advance.other"):
        here.liquidation(advance, "61")
    here.posted(here.liquidation(advance, "60"))


@pytest.mark.parametrize("side", [1, -1])
def test_a_journal_voucher_moves_no_advance_account(here: Office, side: int) -> None:
    adv, cost = here.accounts["adv"], here.accounts["cost"]
    amount = eur("10") if side > 0 else -eur("10")
    with refused_without_trace("advance.which"):
        here.prepared("journal", [Leg(adv, here.world.fund, amount), Leg(cost, here.world.fund, -amount)])


# ── nobody says what it is worth ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", ["payment", "journal"])
def test_a_worth_in_the_book_is_not_taken_from_whoever_writes(here: Office, kind: str) -> None:
    account = here.accounts["usd"] if kind == "payment" else here.world.accounts["advances"]
    legs = [
        Leg(here.accounts["cost"], here.world.fund, money("USD 10"), in_book=eur("9")),
        Leg(account, here.world.fund, -money("USD 10"), in_book=-eur("9")),
    ]
    with refused_without_trace("entry.worth_said"):
        here.prepared(kind, legs)
    for name in ("journal", "exchange"):
        with refused_without_trace("entry.worth_said"):
            post_entry(here.world.book, legs, text=Name(en="x"), kind=name, by=here.world.finance, on=here.world.day)


def test_a_worth_alone_is_changed_by_a_revaluation_only(here: Office) -> None:
    none = Money(0, "USD")
    legs = [
        Leg(here.world.accounts["advances"], here.world.fund, none, in_book=eur("9")),
        Leg(here.accounts["gain"], here.world.fund, none, in_book=-eur("9")),
    ]
    with refused_without_trace("entry.worth_said"):
        post_entry(here.world.book, legs, text=Name(en="x"), by=here.world.finance, on=here.world.day)


def exchange(here: Office, given: str, got: str, on: date, *, out_of: str, into: str) -> Document:
    lines = exchanged(
        here.accounts[out_of], money(given), here.accounts[into], money(got),
        fund=here.world.fund, exchange=here.accounts["fx"], gain=here.accounts["gain"], on=on,
    )  # fmt: skip
    return here.prepared("exchange", lines, on=on)


def test_what_is_sold_leaves_at_the_rate_of_the_day_on_which_it_is_posted(here: Office) -> None:
    came(here, "usd", "USD 1000", FIRST)
    document = exchange(here, "USD 100", "EUR 70", FIRST, out_of="usd", into="bank")
    here.posted(document, LATER)
    assert balance(here.accounts["usd"]) == eur("737.50")  # 800 less 62.50
    assert balance(here.accounts["gain"]) == -eur("7.50")
    assert balance(here.accounts["fx"]) == eur("0")
    nothing_wrong(here)


def test_one_foreign_currency_for_another_is_worth_what_was_given_on_the_day_of_posting(here: Office) -> None:
    came(here, "usd", "USD 1000", FIRST)
    here.posted(exchange(here, "USD 100", "KHR 390000", FIRST, out_of="usd", into="box"), LATER)
    assert balance(here.accounts["box"]) == eur("62.50")
    assert balance(here.accounts["fx"]) == eur("0")
    nothing_wrong(here)


def test_what_is_bought_stands_at_what_was_agreed_and_not_at_what_the_lines_say(here: Office) -> None:
    lines = exchanged(
        here.accounts["bank"], eur("100"), here.accounts["usd"], money("USD 120"),
        fund=here.world.fund, exchange=here.accounts["fx"], gain=here.accounts["gain"], on=FIRST,
    )  # fmt: skip
    lied = [
        Leg(
            one.account, one.fund, one.amount, in_book=one.in_book and (eur("1") if one.amount.units > 0 else -eur("1"))
        )
        for one in lines
    ]
    here.posted(here.prepared("exchange", lied, on=FIRST), LATER)
    assert balance(here.accounts["usd"]) == eur("100")
    with refused_without_trace("document.exchange_lines"):
        here.prepared("exchange", [*lines, Leg(here.accounts["cost"], here.world.fund, eur("1"))][1:], on=FIRST)


# ── whose rates ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_book_is_kept_with_its_own_rates_whatever_a_contract_says(world: World) -> None:
    rate(world, "USD", "1.25", FIRST, source="InforEuro")
    rate(world, "USD", "2", LATER, source="bank")
    agree_fund(world.fund, rate_source="InforEuro", by=world.manager, on=world.day)
    world.fund.refresh_from_db()

    def worth() -> int:
        found = post(world, "debit expense USD 100", "credit bank USD 100").postings.order_by("position").first()
        assert found
        return found.in_book

    assert worth() == 50_0000  # a book that names nobody is kept with the newest rate
    rate_book(world.book, rate_source="InforEuro", by=world.manager, on=world.day)
    assert worth() == 80_0000
    with refused("rate.source_unknown") as no:
        rate_book(world.book, rate_source="treasury", by=world.manager, on=world.day)
    assert "InforEuro" in no.value.text.en
    rate(world, "KHR", "5000", LATER, source="treasury")
    rate_book(world.book, rate_source="treasury", by=world.manager, on=world.day)
    with refused("rate.missing"):
        worth()
