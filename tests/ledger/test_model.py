"""Whatever happens in an office, its books are what a small independent model says that they are.

Generated sequences of the real actions, in three currencies, with two funds and two places, in any order of days, are
carried out in both; see `model.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import (
    Item,
    close_month,
    exchanged,
    given_out,
    open_account,
    open_fund,
    paid,
    received,
    revalue_account,
    reverse_entry,
    settled_with,
)
from laar.ledger.models import Account, AccountMonth, Book, Document, Entry, Fund, FundMonth, PlaceYear, Posting
from laar.ledger.queries import settled, trial_balance
from laar.ledger.queries.sums import moved_up_to
from laar.registers.models import Place
from tests.ledger.books import rate
from tests.ledger.model import Line, Model
from tests.ledger.papers import Office, office
from tests.thread import faults
from tests.world import World

FIRST, LAST = date(2007, 11, 1), date(2008, 3, 9)
RATE_DAYS = (date(2007, 1, 1), date(2007, 12, 10), date(2008, 1, 15), date(2008, 2, 20))
HOMES = {"EUR": "bank", "USD": "usd", "KHR": "riel"}
COINS = {"EUR": 100, "USD": 100, "KHR": 10_000}
WHY = dict.fromkeys(("bank", "cash", "documents", "advances", "rates"), "done on paper before")
TEXT = Name(en="generated", km="បង្កើត")

CURRENCY, FUND, PLACE = (
    st.sampled_from(["EUR", "USD", "KHR"]),
    st.sampled_from("GH"),
    st.sampled_from(["", "ang", "ba"]),
)
#: Few amounts, so that what comes in often goes out to the last coin.
AMOUNT = st.sampled_from([3, 700, 1001, 25_000])
DAY = st.integers(0, (LAST - FIRST).days).map(lambda days: FIRST + timedelta(days))
KINDS = [
    *("receipt", "receipt", "payment", "payment", "all_of_it", "exchange", "reversal", "revaluation", "closing"),
    *("advance", "advance", "liquidation", "rest", "rest", "refund"),
]
EVENT = st.tuples(st.sampled_from(KINDS), DAY, CURRENCY, FUND, PLACE, AMOUNT, st.integers(0, 99))
RATES = st.fixed_dictionaries(
    {
        "USD": st.lists(st.fractions(Fraction(1, 2), 3, max_denominator=1000), min_size=4, max_size=4),
        "KHR": st.lists(st.integers(3000, 7000).map(Fraction), min_size=4, max_size=4),
    }
)


@dataclass
class Both:
    """The real books and the model of them, driven by the same events."""

    here: Office
    model: Model
    funds: dict[str, Fund]
    places: dict[str, Place | None]
    accounts: dict[str, Account]
    #: By the number of an entry in the model: the document, or the entry that has none.
    known: dict[int, Document | Entry] = field(default_factory=dict)

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────────────────
    def happen(self, event: tuple[str, date, str, str, str, int, int]) -> None:
        """Carry an event out in both, or in neither: what is dated in a closed month is refused."""
        kind, on, currency, fund, place, amount, choice = event
        if self.model.open_from and on < self.model.open_from and kind != "closing":
            self.is_refused(on)
            return
        units = amount * COINS[currency]
        do: dict[str, Callable[[], None]] = {
            "receipt": lambda: self.receipt(on, currency, fund, place, units),
            "payment": lambda: self.payment(on, currency, fund, place, units),
            "all_of_it": lambda: self.all_of_it(on, currency, fund, place),
            "advance": lambda: self.advance(on, currency, fund, place, units),
            "liquidation": lambda: self.account_for(on, choice, units, "liquidation"),
            "rest": lambda: self.account_for(on, choice, 10**12, "liquidation"),
            "refund": lambda: self.account_for(on, choice, 10**12, "receipt"),
            "exchange": lambda: self.exchange(on, currency, fund, units, choice),
            "reversal": lambda: self.reversal(on, choice),
            "revaluation": lambda: self.revaluation(on, ("usd", "riel", "adv")[choice % 3]),
            "closing": self.closing,
        }
        do[kind]()

    def is_refused(self, on: date) -> None:
        lines = received(self.accounts["bank"], [self.item("income", "G", "", Money(10_000, "EUR"))])
        with pytest.raises(Refusal) as no:
            self.prepared("receipt", lines, on)
        assert no.value.code == "month.closed"

    def item(self, account: str, fund: str, place: str, amount: Money) -> Item:
        return Item(self.accounts[account], self.funds[fund], amount, place=self.places[place])

    def prepared(self, kind: str, lines: list[Any], on: date, **more: Any) -> Document:
        return self.here.prepared(kind, lines, on=on, papers={"contract": self.paper}, **more)

    def done(self, kind: str, lines: list[Any], on: date, **more: Any) -> Document:
        return self.here.posted(self.prepared(kind, lines, on, **more), on)

    def __post_init__(self) -> None:
        self.paper = self.here.world.paper(by=self.here.world.finance)

    def receipt(self, on: date, currency: str, fund: str, place: str, units: int) -> None:
        home = HOMES[currency]
        lines = received(self.accounts[home], [self.item("income", fund, place, Money(units, currency))])
        told: list[Line] = [
            (home, fund, place, currency, units, None),
            ("income", fund, place, currency, -units, None),
        ]
        self.known[self.model.post("receipt", on, told)] = self.done("receipt", lines, on)

    def payment(self, on: date, currency: str, fund: str, place: str, units: int) -> None:
        home = HOMES[currency]
        lines = paid(self.accounts[home], [self.item("cost", fund, place, Money(units, currency))])
        told: list[Line] = [
            ("cost", fund, place, currency, units, None),
            (home, fund, place, currency, -units, None),
        ]
        self.known[self.model.post("payment", on, told)] = self.done("payment", lines, on)

    def all_of_it(self, on: date, currency: str, fund: str, place: str) -> None:
        """The last coin of a fund is spent."""
        held = self.model.balances(date.max, "account", "fund", "currency")
        units, _ = held.get((HOMES[currency], fund, currency), (0, 0))
        if units > 0:
            self.payment(on, currency, fund, place, units)

    def advance(self, on: date, currency: str, fund: str, place: str, units: int) -> None:
        home, amount = HOMES[currency], Money(units, currency)
        lines = given_out(self.accounts[home], self.accounts["adv"], self.item("cost", fund, place, amount))
        told: list[Line] = [
            ("adv", fund, place, currency, units, None),
            (home, fund, place, currency, -units, None),
        ]
        self.known[self.model.post("advance", on, told)] = self.done("advance", lines, on, due_on=on)

    def account_for(self, on: date, choice: int, most: int, kind: str) -> None:
        """Part of an advance, or all that is left of it, becomes a cost or comes back."""
        out = [one for one in self.standing("advance") if self.model.left(one) > 0]
        if not out:
            return
        advance = out[choice % len(out)]
        given = next(row for row in self.model.rows if row.entry == advance and row.account == "adv")
        units = min(most, self.model.left(advance))
        home = "cost" if kind == "liquidation" else HOMES[given.currency]
        told: list[Line] = [
            (home, given.fund, given.place, given.currency, units, None),
            ("adv", given.fund, given.place, given.currency, -units, None),
        ]
        amount = Money(units, given.currency)
        if kind == "liquidation":
            lines = settled_with(self.accounts["adv"], [self.item(home, given.fund, given.place, amount)])
        else:
            lines = received(self.accounts[home], [self.item("adv", given.fund, given.place, amount)])
        number = self.model.post(kind, on, told, settles=advance)
        self.known[number] = self.done(kind, lines, on, settles=self.known[advance])

    def exchange(self, on: date, currency: str, fund: str, units: int, choice: int) -> None:
        """At a price that is some percent off the rate of the day."""
        other = [one for one in HOMES if one != currency][choice % 2]
        fair = Fraction(self.model.worth(units, currency, on))
        if other != "EUR":
            fair *= [rate for since, rate in self.model.rates[other] if since <= on][-1]
        got = int(fair * (90 + choice % 20) / 100) // COINS[other] * COINS[other]
        out_of, into = HOMES[currency], HOMES[other]
        if got <= 0 or not self.model.worth(got, other, on):
            return
        lines = exchanged(
            self.accounts[out_of], Money(units, currency), self.accounts[into], Money(got, other),
            fund=self.funds[fund], exchange=self.accounts["fx"], gain=self.accounts["gain"], on=on,
        )  # fmt: skip
        given = self.model.worth(units, currency, on)
        bought = got if other == "EUR" else given
        told: list[Line] = [
            (into, fund, "", other, got, bought),
            ("fx", fund, "", other, -got, -bought),
            ("fx", fund, "", currency, units, given),
            (out_of, fund, "", currency, -units, -given),
        ]
        if made := bought - given:
            told += [("fx", fund, "", "EUR", made, made), ("gain", fund, "", "EUR", -made, -made)]
        self.known[self.model.post("exchange", on, told)] = self.done("exchange", lines, on)

    def revaluation(self, on: date, account: str) -> None:
        number = self.model.revalue(account, on)
        if number is not None:
            by = self.here.world.finance
            self.known[number] = revalue_account(Account.objects.get(pk=self.accounts[account].pk), by=by, on=on)

    def reversal(self, on: date, choice: int) -> None:
        """Something that stands is undone, on its own day or later."""
        days = {row.entry: row.on for row in self.model.rows}
        those = [one for one in self.undoable() if days[one] <= on]
        if those:
            self.undo(those[choice % len(those)], on)

    def closing(self) -> None:
        """The next month that is over."""
        since = self.model.open_from or FIRST
        if since < date(2008, 3, 1):
            world = self.here.world
            book = Book.objects.get(pk=world.book.pk)
            close_month(book, since, explained=WHY, by=world.finance, on=world.day)
            self.model.open_from = (since + timedelta(31)).replace(day=1)

    # ── what stands ─────────────────────────────────────────────────────────────────────────────────────────────────
    def standing(self, *kinds: str) -> list[int]:
        """What was not undone."""
        events = enumerate(self.model.events)
        return [
            n for n, one in events if not one.is_undone and one.kind != "reversal" and (not kinds or one.kind in kinds)
        ]

    def undoable(self) -> list[int]:
        """What may be undone: an advance not before what accounts for it."""
        needed = {self.model.events[one].settles for one in self.standing()}
        return [one for one in self.standing() if one not in needed]

    def undo(self, number: int, on: date) -> None:
        known = self.known[number]
        if isinstance(known, Document):
            known.refresh_from_db()
            self.done("reversal", [], on, reverses=known, text=TEXT)
        else:
            reverse_entry(known, reason=TEXT, by=self.here.world.finance, on=on)
        self.model.undo(number, on)

    # ── what has to be so ───────────────────────────────────────────────────────────────────────────────────────────
    def compare(self, day: date) -> None:
        """The balances of a day are the model's, by all dimensions and as the product reads them from its roll-ups."""
        names = {one.pk: name for name, one in self.accounts.items()}
        funds = {one.pk: name for name, one in self.funds.items()}
        places = {one.pk if one else None: name for name, one in self.places.items()}
        actual: dict[tuple[str, ...], tuple[int, int]] = {}
        for row in Posting.objects.filter(on__lte=day):
            key = (names[row.account_id], funds[row.fund_id], places[row.place_id], row.currency)
            units, worth = actual.get(key, (0, 0))
            actual[key] = (units + row.units, worth + row.in_book)
        assert {key: sums for key, sums in actual.items() if any(sums)} == self.model.balances(
            day, "account", "fund", "place", "currency"
        )
        where = {"programme_id": self.here.world.programme.pk}
        read = moved_up_to(AccountMonth, ("account_id", "currency"), where, day=day)
        assert {
            (names[account], currency): (one.units, one.in_book)
            for (account, currency), one in read.items()
            if one.units or one.in_book
        } == self.model.balances(day, "account", "currency")
        read = moved_up_to(FundMonth, ("fund_id", "account_id"), where, day=day)
        assert {(funds[fund], names[account]): one.in_book for (fund, account), one in read.items() if one.in_book} == {
            key: worth for key, (_, worth) in self.model.balances(day, "fund", "account").items() if worth
        }
        somewhere = {**where, "place_id": [one.pk for one in self.places.values() if one]}
        read = moved_up_to(PlaceYear, ("place_id", "account_id"), somewhere, day=day)
        assert {
            (places[place], names[account]): one.in_book for (place, account), one in read.items() if one.in_book
        } == {
            key: worth for key, (_, worth) in self.model.balances(day, "place", "account").items() if worth and key[0]
        }
        assert sum(one.in_book for one in moved_up_to(AccountMonth, ("account_id",), where, day=day).values()) == 0

    def entries_balance(self) -> None:
        """Every entry is zero in every currency, and in that of the book."""
        sums: dict[tuple[int, str], int] = {}
        for row in Posting.objects.all():
            for key, units in (((row.entry_id, row.currency), row.units), ((row.entry_id, "book"), row.in_book)):
                sums[key] = sums.get(key, 0) + units
        assert not any(sums.values())

    def nothing_is_left_of_nothing(self) -> None:
        """What is accounted for is gone: the advances that are out are what the account of advances holds."""
        for number in self.standing("advance"):
            document = self.known[number]
            assert isinstance(document, Document)
            assert settled(document).left.units == self.model.left(number)


def digests() -> dict[int, str]:
    """What each posting says."""
    return {row["id"]: sha256(repr(sorted(row.items())).encode()).hexdigest() for row in Posting.objects.values()}


def both(world: World, rates: dict[str, list[Fraction]]) -> Both:
    here, by = office(world), world.finance
    told: dict[str, list[tuple[date, Fraction]]] = {}
    for currency, series in rates.items():
        told[currency] = []
        for since, one in zip(RATE_DAYS, series, strict=True):
            kept = rate(world, currency, f"{float(one):.6f}", since)
            told[currency].append((since, kept.fraction))
    other = open_fund(world.programme, "H", name=Name(en="H"), kind="grant", giver=world.donor, by=by, on=world.day)
    riel = open_account(
        world.book, "riel", name=Name(en="riel"), kind="asset", use="bank", currency="KHR", by=by, on=world.day
    )
    accounts = {**here.accounts, "riel": riel, "income": world.accounts["income"]}
    funds: dict[str, Fund] = {"G": world.fund, "H": other}
    return Both(here, Model(told), funds, {"": None, "ang": world.ang, "ba": world.ba}, accounts)


def carry_out(world: World, rates: dict[str, list[Fraction]], events: list[Any], days: list[date]) -> None:
    """One generated office, from its first event until everything was undone; then as if it had never been."""
    with transaction.atomic():
        one = both(world, rates)
        for event in events:
            before = digests()
            one.happen(event)
            after = digests()
            assert before.items() <= after.items()  # nothing that was posted has changed
        one.entries_balance()
        one.nothing_is_left_of_nothing()
        for day in (*days, LAST):
            one.compare(day)
        assert sum(money.units for _, money in trial_balance(world.book)) == 0
        assert faults() == []  # the roll-ups are what a recount says, the numbers have no gap
        while left := one.undoable():
            one.undo(left[-1], world.day)
        one.compare(world.day)
        # By place a gain may stay with who took the last of a currency, and a loss with who brought it.
        assert one.model.balances(world.day, "account", "fund", "currency") == {}
        transaction.set_rollback(True)


BOUNDED = settings(
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


#: A worth is told for money that is gone: the next who takes the last of that currency takes it along.
GONE: list[Any] = [
    ("exchange", date(2007, 11, 5), "EUR", "G", "ba", 1001, 22),
    ("reversal", date(2008, 1, 31), "USD", "H", "", 25_000, 80),
    ("revaluation", date(2007, 12, 12), "KHR", "G", "ang", 700, 51),
    ("receipt", date(2008, 1, 5), "USD", "G", "ang", 1001, 90),
]
PRICES = {"USD": [Fraction(9, 7), Fraction(91, 68), Fraction(488, 285), Fraction(22, 13)], "KHR": [Fraction(5000)] * 4}


@example(rates=PRICES, events=GONE, days=[date(2008, 1, 6)])
@settings(BOUNDED, max_examples=6)
@given(rates=RATES, events=st.lists(EVENT, min_size=8, max_size=14), days=st.lists(DAY, min_size=2, max_size=2))
def test_the_books_are_what_the_model_says(
    world: World, rates: dict[str, list[Fraction]], events: list[Any], days: list[date]
) -> None:
    carry_out(world, rates, events, days)


@pytest.mark.long
@settings(BOUNDED, max_examples=150, derandomize=False)
@given(rates=RATES, events=st.lists(EVENT, min_size=10, max_size=40), days=st.lists(DAY, min_size=3, max_size=3))
def test_the_books_are_what_the_model_says_for_long(
    world: World, rates: dict[str, list[Fraction]], events: list[Any], days: list[date]
) -> None:
    carry_out(world, rates, events, days)
