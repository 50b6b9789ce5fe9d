"""Every statement at any day, as known now and as known then, says what a small model of the books says.

The model is a list of lines; it knows no roll-up, no month and no database.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laar.base import clock
from laar.kit.figures import Figure, Scope, figure_of
from laar.kit.money import Money, coin_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import Leg, open_account, open_fund, post_entry, reverse_entry
from laar.ledger.models import Account, Entry, Fund, Posting
from laar.ledger.queries import books_of, trial_balance
from laar.ledger.queries.statements import KINDS, Statement, ask
from tests.ledger.books import post, rate
from tests.refused import refused
from tests.thread import faults
from tests.world import World

FIRST = date(2007, 11, 20)
#: How much of a currency one euro costs.
RATES = {"EUR": Decimal(1), "KHR": Decimal(5700), "USD": Decimal("1.4")}
ACCOUNTS = ("bank", "cash", "advances", "income", "expense")


@dataclass(frozen=True)
class Line:
    """One posting, as the model keeps it."""

    on: date
    recorded: date
    account: str
    fund: str
    place: str
    currency: str
    units: int
    in_book: int


@dataclass
class Model:
    """The books as a list."""

    lines: list[Line] = field(default_factory=list)

    def sums(self, *by: str, day: date, known: date | None = None) -> Counter[tuple[Any, ...]]:
        """What every combination of some columns adds up to, in the currency of the book."""
        found: Counter[tuple[Any, ...]] = Counter()
        for line in self.lines:
            if line.on <= day and (known is None or line.recorded <= known):
                found[tuple(getattr(line, name) for name in by)] += line.in_book
        return found


def worth(units: int, currency: str) -> int:
    """In cents of a euro, half up, away from zero; in 1/10 000."""
    if currency == "EUR":
        return units
    exact = Decimal(abs(units)) / RATES[currency] / 100
    cents = int(exact + Decimal("0.5"))
    return cents * 100 * (1 if units > 0 else -1)


PAIR = st.tuples(
    st.sampled_from(ACCOUNTS),
    st.sampled_from(ACCOUNTS),
    st.sampled_from(["EUR", "KHR", "USD"]),
    st.integers(1, 900_000),
    st.sampled_from(["G", "H"]),
    st.sampled_from(["", "ang", "ba"]),
)
STEP = st.tuples(st.integers(0, 110), st.integers(0, 60), PAIR, st.booleans())


def told(world: World, steps: list[Any]) -> Model:
    """Carry out what was drawn in the books and in the model: postings, and reversals of the last one."""
    model = Model()
    last: tuple[Entry, list[Line]] | None = None
    ordered = sorted(steps, key=lambda one: one[0] + one[1])
    for number, (on, later, pair, is_reversal) in enumerate(ordered):
        debited, credited, currency, coins, fund, place = pair
        day = FIRST + timedelta(days=on)
        recorded = day + timedelta(days=later)
        with clock.simulated(datetime(recorded.year, recorded.month, recorded.day, 5, 0, number, tzinfo=UTC), "test"):
            if is_reversal and last is not None:
                entry, lines = last
                day = max(day, entry.on)
                reverse_entry(entry, reason=Name(en="drawn"), by=world.finance, on=min(day, recorded))
                model.lines += [
                    Line(
                        min(day, recorded),
                        recorded,
                        one.account,
                        one.fund,
                        one.place,
                        one.currency,
                        -one.units,
                        -one.in_book,
                    )
                    for one in lines
                ]
                last = None
                continue
            units = coins * coin_of(currency)
            where = {"": None, "ang": world.ang, "ba": world.ba}[place]
            legs, lines = [], []
            for account, signed in ((debited, units), (credited, -units)):
                legs.append(Leg(world.accounts[account], FUNDS[fund], Money(signed, currency), place=where))
                code = where.code if where else ""
                lines.append(Line(day, recorded, account, fund, code, currency, signed, worth(signed, currency)))
            entry = post_entry(world.book, legs, text=Name(en="drawn"), by=world.finance, on=day)
            model.lines += lines
            last = entry, lines
    return model


FUNDS: dict[str, Fund] = {}


def prepare(world: World) -> None:
    """Rates, a second fund, and what the accounts of the small world are used for."""
    FUNDS.clear()
    for currency in ("KHR", "USD"):
        rate(world, currency, str(RATES[currency]), date(2007, 3, 1))
    FUNDS["G"] = world.fund
    FUNDS["H"] = open_fund(
        world.programme, "H", name=Name(en="Other"), kind="grant", giver=world.donor, by=world.finance, on=world.day
    )


def made(world: World, slug: str, **given: str) -> Statement:
    """A statement, as somebody asks for it."""
    kind = KINDS[slug]
    return kind.make(ask(kind, world.programme, list(books_of(world.programme)), given))


def figures(statement: Statement) -> list[Figure]:
    """Every number of a statement that opens."""
    return [cell for row in statement.rows for cell in row.cells if isinstance(cell, Figure)]


def opens(figure: Figure) -> int:
    """What a figure comes to when it is asked for by its address, and nothing is known of it."""
    again = figure_of(figure.key, Scope.asked(figure.scope.programme, figure.scope.query()))
    assert again.currency == figure.currency
    return int(again.value)


@settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=st.lists(STEP, min_size=1, max_size=9), after=st.integers(-5, 175), known=st.none() | st.integers(0, 175))
def test_statements_at_any_day_say_what_the_model_says(
    world: World, steps: list[Any], after: int, known: int | None
) -> None:
    with transaction.atomic():
        prepare(world)
        model = told(world, steps)
        day = FIRST + timedelta(days=after)
        then = None if known is None else FIRST + timedelta(days=known)
        days = {"day": day.isoformat(), **({"known": then.isoformat()} if then else {})}
        assert sum(model.sums(day=day, known=then).values()) == 0

        by_account = model.sums("account", day=day, known=then)
        balance = made(world, "trial-balance", book="MAIN", **days)
        assert [remark.tone for remark in balance.remarks] == ["ok"]
        found = {
            figure.scope["account"]: figure.value * (-1 if figure.scope["show"] == "owed" else 1)
            for figure in figures(balance)
            if figure.scope["account"]
        }
        assert {code: units for code, units in found.items() if units} == {
            code: units for (code,), units in by_account.items() if units
        }

        by_fund = model.sums("fund", "account", day=day, known=then)
        for figure in figures(made(world, "funds", **days)):
            if figure.scope["kind"] == "expense" and figure.scope["fund"]:
                assert figure.value == by_fund[figure.scope["fund"], "expense"]
            if figure.scope["kind"] == "result" and figure.scope["fund"]:
                assert (
                    figure.value == -by_fund[figure.scope["fund"], "income"] - by_fund[figure.scope["fund"], "expense"]
                )

        by_place = model.sums("place", "account", day=day, known=then)
        spent = {
            f.scope["commune"]: f.value for f in figures(made(world, "communes", **days)) if f.scope["books"] == "own"
        }
        assert {place: units for place, units in spent.items() if units} == {
            place: units for (place, account), units in by_place.items() if place and account == "expense" and units
        }

        for account in ACCOUNTS:
            *_, closing = figures(made(world, "ledger", account=f"MAIN:{account}", since="2008-01-05", **days))
            if day >= date(2008, 1, 4):
                assert closing.value == by_account[account,]
        for slug in KINDS:
            with suppress(Refusal):  # nothing was posted for any place
                for figure in figures(made(world, slug, **days)):
                    assert figure.value == opens(figure), (slug, figure.id)
        transaction.set_rollback(True)


@settings(
    max_examples=8,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=st.lists(STEP, min_size=1, max_size=7))
def test_reversing_everything_returns_every_balance_to_zero_and_changes_nothing_that_stands(
    world: World, steps: list[Any]
) -> None:
    with transaction.atomic():
        prepare(world)
        told(world, steps)
        stood = list(Posting.objects.order_by("id").values_list())
        entries = list(Entry.objects.order_by("id").values_list())
        for entry in Entry.objects.filter(reverses=None, reversal=None):
            reverse_entry(entry, reason=Name(en="all of it"), by=world.finance, on=entry.on)
        assert list(Posting.objects.filter(pk__in=[row[0] for row in stood]).order_by("id").values_list()) == stood
        assert list(Entry.objects.filter(pk__in=[row[0] for row in entries]).order_by("id").values_list()) == entries
        assert {amount.units for _, amount in trial_balance(world.book)} == {0}
        for statement in ("trial-balance", "funds", "cash"):
            assert {figure.value for figure in figures(made(world, statement))} <= {0}
        assert faults() == []
        transaction.set_rollback(True)


@given(
    units=st.integers(-(10**12), 10**12).filter(bool),
    currency=st.sampled_from(["EUR", "KHR", "USD", "JPY"]),
    weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any),
)
def test_the_parts_of_a_split_are_the_whole_to_the_smallest_coin(units: int, currency: str, weights: list[int]) -> None:
    coin = coin_of(currency)
    whole = Money(units * coin, currency)
    parts = whole.split(weights)
    assert sum(part.units for part in parts) == whole.units
    assert all(part.units % coin == 0 for part in parts)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.units - whole.units * weight / sum(weights)) < coin + 1


def test_what_was_written_down_later_was_not_known_then(world: World) -> None:
    with clock.simulated(datetime(2008, 3, 10, 5, tzinfo=UTC), "test"):
        post(world, "debit bank EUR 100", "credit income EUR 100", on=date(2008, 3, 1))
    with clock.simulated(datetime(2008, 4, 20, 5, tzinfo=UTC), "test"):
        post(world, "debit bank EUR 7", "credit income EUR 7", on=date(2008, 3, 2))
    now = made(world, "trial-balance", day="2008-03-31")
    then = made(world, "trial-balance", day="2008-03-31", known="2008-03-31")
    assert figures(now)[0].figure == "107.00"
    assert figures(then)[0].figure == "100.00"


def test_a_ledger_page_of_a_riel_box_runs_in_riel_and_in_the_book(world: World) -> None:
    rate(world, "KHR", "5700", date(2007, 3, 1))
    riel = open_account(
        world.book,
        "riel",
        name=Name(en="Riel"),
        kind="asset",
        use="cash",
        currency="KHR",
        by=world.finance,
        on=world.day,
    )
    world.accounts["riel"] = riel
    post(world, "debit riel KHR 570000", "credit income KHR 570000", on=date(2008, 2, 1))
    post(world, "credit riel KHR 57000", "debit expense KHR 57000", on=date(2008, 3, 1))
    page = made(world, "ledger", account="MAIN:riel", since="2008-02-15")
    assert [figure.figure for figure in figures(page)] == [
        "100.00", "570,000", "90.00", "513,000", "90.00", "513,000",
    ]  # fmt: skip
    cash = made(world, "cash")
    assert [figure.figure for figure in figures(cash)] == ["513,000", "90.00", "90.00"]


@pytest.mark.parametrize("slug", sorted(KINDS))
def test_a_statement_costs_the_same_number_of_queries_with_one_entry_and_with_ten(world: World, slug: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            made(world, slug, **({"account": "MAIN:bank"} if slug == "ledger" else {}))
        return len(captured)

    def spend(number: int) -> None:
        for _ in range(number):
            amount = Money.of(5, "EUR")
            legs = [
                Leg(world.accounts["expense"], world.fund, amount, place=world.ang),
                Leg(world.accounts["bank"], world.fund, -amount, place=world.ang),
            ]
            post_entry(world.book, legs, text=Name(en="spent"), by=world.finance, on=world.day)

    spend(1)
    one = cost()
    spend(9)
    assert cost() == one


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"day": "31.3.2008"}, "statement.day"),
        ({"day": "2008-02-30"}, "statement.day"),
        ({"book": "NONE"}, "record.not_found"),
    ],
)
def test_what_a_statement_cant_be_asked_for_is_refused(world: World, given: dict[str, str], code: str) -> None:
    with refused(code):
        made(world, "trial-balance", **given)


def test_an_account_that_moved_is_on_the_trial_balance_even_where_it_is_zero_again(world: World) -> None:
    post(world, "debit cash EUR 5", "credit bank EUR 5")
    post(world, "debit bank EUR 5", "credit cash EUR 5")
    listed = made(world, "trial-balance")
    assert [str(row.cells[0]) for row in listed.rows] == ["bank bank", "cash cash", "Total"]
    assert Account.objects.filter(book=world.book).count() == 5
