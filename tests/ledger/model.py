"""What the books are, told a second time: lists, dicts and fractions, and nothing of the product.

A test carries the same events out in both and compares. Amounts are whole 1/10 000; a debit is positive.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

BOOK = "EUR"
CENT = 100
#: Where a currency stays until it goes away again.
HOLDS = ("bank", "usd", "riel", "adv")


@dataclass(frozen=True)
class Row:
    """One line of an entry."""

    entry: int
    on: date
    account: str
    fund: str
    place: str
    currency: str
    units: int
    worth: int


@dataclass
class Event:
    """One entry: what it is, what it accounts for and undoes, and whether it was undone."""

    kind: str
    settles: int | None = None
    undoes: int | None = None
    is_undone: bool = False


#: A line before it has its worth: account, fund, place, currency, units, and the worth where it is given.
Line = tuple[str, str, str, str, int, int | None]


def rounded(value: Fraction) -> int:
    """To the cent, halves away from zero."""
    cents = (abs(value) / CENT + Fraction(1, 2)).__floor__() * CENT
    return -cents if value < 0 else cents


@dataclass
class Model:
    """A book in euro."""

    #: How much of a currency a euro costs, and since when.
    rates: dict[str, list[tuple[date, Fraction]]]
    rows: list[Row] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    open_from: date | None = None

    def worth(self, units: int, currency: str, on: date) -> int:
        """In euro, at the newest rate of the day."""
        if currency == BOOK:
            return units
        rate = [rate for since, rate in sorted(self.rates[currency]) if since <= on][-1]
        return rounded(units / rate)

    def post(self, kind: str, on: date, lines: list[Line], settles: int | None = None) -> int:
        """An entry, with what the last of a currency leaves behind."""
        number = len(self.events)
        rows = [
            Row(
                number, on, account, fund, place, currency, units, self.worth(units, currency, on) if at is None else at
            )
            for account, fund, place, currency, units, at in lines
        ]
        self.rows += rows + self.left_behind(number, on, rows, settles)
        self.events.append(Event(kind, settles))
        return number

    def left_behind(self, number: int, on: date, rows: list[Row], settles: int | None) -> list[Row]:
        """The lines of an entry that take away what the last of a currency leaves: a gain or a loss of who took it."""
        taken: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in rows:
            if row.account in HOLDS and row.currency != BOOK:
                taken[self.pot(row)].append(row)
        more = []
        for those in taken.values():
            if rest := self.rest(those, settles):
                last = those[-1]
                more.append(Row(number, on, last.account, last.fund, last.place, last.currency, 0, -rest))
                more.append(Row(number, on, "gain", last.fund, last.place, last.currency, 0, rest))
        return more

    def rest(self, those: list[Row], settles: int | None) -> int:
        """What an account, or an advance, is still worth when some lines have taken the last of it."""
        units, worth = sum(row.units for row in those), sum(row.worth for row in those)
        pot = [one for one in self.rows if self.pot(one) == self.pot(those[0])]
        if sum(one.units for one in pot) + units == 0:
            return sum(one.worth for one in pot) + worth
        if settles is not None and those[0].account == "adv" and self.left(settles) + units == 0:
            return self.worth_of(settles, pot) + worth
        return 0

    @staticmethod
    def pot(row: Row) -> tuple[str, str, str]:
        """What has a worth of its own."""
        return row.account, row.fund, row.currency

    def family(self, advance: int) -> set[int]:
        """The entries of an advance: itself, what accounts for it, and what undid one of them."""
        own = {advance} | {number for number, event in enumerate(self.events) if event.settles == advance}
        return own | {number for number, event in enumerate(self.events) if event.undoes in own}

    def left(self, advance: int) -> int:
        """What of an advance is not accounted for."""
        return sum(row.units for row in self.rows if row.account == "adv" and row.entry in self.family(advance))

    def worth_of(self, advance: int, pot: list[Row]) -> int:
        """What it stands for: what it posted, or its part of the last revaluation and what it posted since."""
        own = self.family(advance)
        alone = [
            row.entry
            for row in pot
            if self.events[row.entry].kind == "revaluation" and not self.events[row.entry].is_undone
        ]
        last = max(alone, default=-1)
        units = sum(row.units for row in pot if row.entry <= last)
        mine = sum(row.units for row in pot if row.entry <= last and row.entry in own)
        then = sum(row.worth for row in pot if row.entry <= last)
        part = round(Fraction(then * mine, units)) if units else 0
        return part + sum(row.worth for row in pot if row.entry > last and row.entry in own)

    def revalue(self, account: str, on: date) -> int | None:
        """Bring what lies on an account to the rate of a day; None where it is at it."""
        sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for row in self.rows:
            if row.account == account and row.on <= on and row.currency != BOOK:
                sums[row.currency, row.fund][0] += row.units
                sums[row.currency, row.fund][1] += row.worth
        rows, number = [], len(self.events)
        for (currency, fund), (units, worth) in sums.items():
            if more := self.worth(units, currency, on) - worth:
                rows.append(Row(number, on, account, fund, "", currency, 0, more))
                rows.append(Row(number, on, "gain", fund, "", currency, 0, -more))
        if not rows:
            return None
        self.rows += rows
        self.events.append(Event("revaluation"))
        return number

    def undo(self, undone: int, on: date) -> int:
        """The mirror image, and what is left of a currency of which it takes the last."""
        number, event = len(self.events), self.events[undone]
        mirror = [
            Row(number, on, row.account, row.fund, row.place, row.currency, -row.units, -row.worth)
            for row in self.rows
            if row.entry == undone
        ]
        of = undone if event.kind == "advance" else event.settles
        self.rows += mirror + self.left_behind(number, on, mirror, of)
        event.is_undone = True
        self.events.append(Event("reversal", undoes=undone))
        return number

    def balances(self, on: date, *by: str) -> dict[tuple[str, ...], tuple[int, int]]:
        """At the end of a day, by what is asked for: units and worth; what is zero is left out."""
        sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
        for row in self.rows:
            if row.on <= on:
                key = tuple(getattr(row, name) for name in by)
                sums[key][0] += row.units
                sums[key][1] += row.worth
        return {key: (units, worth) for key, (units, worth) in sums.items() if units or worth}
