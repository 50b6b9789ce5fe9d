"""A ledger of a country: very many postings, inserted in bulk past the trail, and the questions that are asked of it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction

from bench.clock import cpu
from laar.base.guard import open_door
from laar.kit.names import Name
from laar.ledger.actions import credit, debit, open_account, post_entry
from laar.ledger.models import AccountMonth, Budget, BudgetChange, BudgetLine, Heading, PlaceYear
from laar.ledger.queries.sums import moved_up_to
from laar.ledger.queries.totals import planned_and_charged
from laar.registers.models import Place
from tests.world import World, build, eur

COMMUNES, YEARS, HEADINGS = 1652, range(2007, 2017), 12
CURRENCIES = ("EUR", "USD", "KHR")
#: Of which kind the twelve accounts are; costs are charged to budget lines.
KINDS = ("asset",) * 4 + ("income",) * 2 + ("expense",) * 6
CHUNK = 20_000
#: What a trial balance is read by.
BY = ("account_id", "currency")
#: The same sums as the roll-ups keep: filled by the database, as a migration of old books would.
ROLLED = {
    "ledger_accountmonth": ("programme_id, account_id", "month", ""),
    "ledger_fundmonth": ("programme_id, fund_id, account_id", "month", ""),
    "ledger_placeyear": ("programme_id, place_id, account_id, fund_id", "year", "WHERE place_id IS NOT NULL"),
    "ledger_headingmonth": ("programme_id, heading_id, fund_id", "month", "WHERE heading_id IS NOT NULL"),
}

Question = tuple[str, Callable[[], Any], str, Callable[[Any], list[tuple[Any, ...]]]]


@dataclass
class Ledgers:
    """The filled books, and what is asked of them."""

    world: World
    place: Place
    #: What comes next into the tables of entries and of postings.
    entries: Iterator[tuple[Any, ...]]
    postings: Iterator[tuple[Any, ...]]

    def grow(self, entries: int) -> None:
        """So many entries more, with two postings each, and the roll-ups anew."""
        _drop_triggers()
        _insert(
            "ledger_entry",
            'id, programme_id, uid, book_id, number, "on", text_en, text_km, kind, year, serial',
            islice(self.entries, entries),
        )
        _insert(
            "ledger_posting",
            'programme_id, entry_id, position, account_id, fund_id, purpose_id, place_id, line_id, heading_id, "on", '
            "currency, units, in_book",
            islice(self.postings, 2 * entries),
        )
        _roll_up()
        _install_triggers()

    def trial_balance(self, times: int = 200) -> float:
        """What it takes to read the trial balance of now, in processor time, server included: the median of some rounds."""
        rounds = []
        for _ in range(5):
            start = cpu()
            for _ in range(times):
                moved_up_to(AccountMonth, BY, {"programme_id": self.world.programme.pk}, day=None)
            rounds.append((cpu() - start) / times)
        return median(rounds)

    def write(self, file: Path) -> None:
        """The postings for the other engine."""
        self._write(
            file,
            'SELECT account_id, place_id, fund_id, COALESCE(heading_id, 0), "on", currency, units, in_book '
            "FROM ledger_posting",
            ("account", "place", "fund", "heading", "day", "currency", "units", "in_book"),
        )

    def write_plan(self, file: Path) -> None:
        """The budget for the other engine."""
        self._write(file, "SELECT heading_id, year, units FROM ledger_budgetmove", ("heading", "year", "units"))

    def _write(self, file: Path, sql: str, columns: Iterable[str]) -> None:
        with file.open("w", newline="", encoding="utf-8") as out, connection.cursor() as cursor:
            writer = csv.writer(out)
            writer.writerow(columns)
            cursor.execute(sql)
            while rows := cursor.fetchmany(CHUNK):
                writer.writerows(rows)

    def questions(self) -> Iterator[Question]:
        """What is read: by our query, by SQL of the other engine; and how our answer is put beside theirs."""
        programme = self.world.programme
        ours = {"programme_id": programme.pk}
        theirs = {**ours, "place_id": self.place.pk}
        day = date(2012, 4, 30)
        accounts = "SELECT account, currency, SUM(units), SUM(in_book) FROM posting {} GROUP BY ALL"
        yield (
            "trial balance, now",
            lambda: moved_up_to(AccountMonth, BY, ours, day=None),
            accounts.format(""),
            _rows,
        )
        yield (
            "trial balance at the end of a month",
            lambda: moved_up_to(AccountMonth, BY, ours, day=day),
            accounts.format(f"WHERE day <= '{day}'"),
            _rows,
        )
        yield (
            "statement of one commune",
            lambda: moved_up_to(PlaceYear, ("account_id", "fund_id", "year", "currency"), theirs, day=None),
            f"SELECT account, fund, year(day), currency, SUM(units), SUM(in_book) FROM posting "
            f"WHERE place = {self.place.pk} GROUP BY ALL",
            _rows,
        )
        yield (
            "national budget against actual",
            lambda: planned_and_charged(programme),
            "SELECT heading, year, SUM(planned), SUM(spent) FROM ("
            "SELECT heading, year, SUM(units) AS planned, 0 AS spent FROM plan GROUP BY ALL UNION ALL "
            "SELECT heading, year(day), 0, SUM(in_book) FROM posting WHERE heading > 0 GROUP BY ALL) GROUP BY ALL",
            lambda found: sorted((*key, *sums) for key, sums in found.items()),
        )

    def posting(self) -> dict[str, float]:
        """What an entry costs through the real action with all of this behind it: processor time of both sides, and how
        much longer its durable commit takes because the roll-ups are kept. Wall clock, the two kinds by turns, entry by
        entry: the disk is quick and slow by the second.
        """
        world = self.world
        expense, bank = self._accounts("expense", "asset")
        line = BudgetLine.objects.filter(place=self.place).select_related("budget__fund", "heading").first()

        def post(times: int, clock: Callable[[], float] = cpu) -> float:
            start = clock()
            for _ in range(times):
                legs = [
                    debit(expense, world.fund, eur(10), world.purpose, place=self.place, line=line),
                    credit(bank, world.fund, eur(10), world.purpose, place=self.place),
                ]
                post_entry(
                    world.book, legs, text=Name(en="bench"), kind="payment", by=world.finance, on=date(2016, 12, 1)
                )
            return (clock() - start) / times

        post(20)
        used = median(post(100) for _ in range(5))
        took: dict[bool, list[float]] = {True: [], False: []}
        for number in range(400):
            for keeps in (True, False) if number % 2 else (False, True):  # who comes after a commit is the slower one
                with nullcontext() if keeps else patch("laar.base.trail._apply_rollups"):
                    took[keeps].append(post(1, perf_counter))
        return {"per_entry": used, "with_rollups": median(took[True]) / median(took[False])}

    def _accounts(self, *kinds: str) -> list[Any]:
        return [self.world.book.accounts.filter(kind=kind, code__startswith="B").order_by("code")[0] for kind in kinds]


def _rows(found: Any) -> list[tuple[Any, ...]]:
    return sorted((*key, moved.units, moved.in_book) for key, moved in found.items())


def fill(postings: int, communes: int = COMMUNES) -> Ledgers:
    """So many postings in half as many entries, with a budget line for each commune, heading and year."""
    world = build()
    places = list(_communes(world, communes))
    accounts = [
        open_account(
            world.book, f"B{number:02}", name=Name(en=f"{kind} {number}"), kind=kind, by=world.finance, on=world.day
        ).pk
        for number, kind in enumerate(KINDS)
    ]
    lines = _budget(world, places)
    ledgers = Ledgers(
        world,
        Place.objects.get(pk=places[communes // 2]),
        _entries(world),
        _postings(world, accounts, lines, places, Random(7)),
    )
    ledgers.grow(postings // 2)
    return ledgers


def _communes(world: World, communes: int) -> Iterator[int]:
    with transaction.atomic(), open_door():
        for number in range(communes):
            yield Place.objects.create(
                code=f"99{number:04}", level="commune", kind="commune", name_en=f"Commune {number}",
                parent=world.ang.parent, source="bench",
            ).pk  # fmt: skip


def _budget(world: World, communes: list[int]) -> dict[tuple[int, int, int], tuple[int, int]]:
    """Lines by (commune, heading, year): their ids and their headings."""
    with transaction.atomic(), open_door():
        headings = [
            Heading.objects.create(
                programme=world.programme, code=f"{n}", chart="bench", position=n, name_en=f"Heading {n}"
            ).pk
            for n in range(HEADINGS)
        ]
        budget = Budget.objects.create(
            programme=world.programme, code="B", name_en="Budget", fund=world.fund, chart="bench", currency="EUR",
            since=date(YEARS[0], 1, 1), until=date(YEARS[-1] + 1, 1, 1),
        )  # fmt: skip
        change = BudgetChange.objects.create(
            programme=world.programme, budget=budget, number=1, kind="original", on=world.day
        )
    keys = [(commune, heading, year) for commune in communes for heading in headings for year in YEARS]
    common = (world.programme.pk, budget.pk)
    _insert(
        "ledger_budgetline",
        "id, programme_id, budget_id, code, heading_id, year, place_id, name_en, name_km, unit_en, unit_km",
        ((n, *common, f"L{n}", h, y, c, f"Line {n}", "", "", "") for n, (c, h, y) in enumerate(keys, 1)),
    )
    _insert(
        "ledger_budgetmove",
        "programme_id, change_id, line_id, heading_id, fund_id, year, currency, units",
        (
            (world.programme.pk, change.pk, n, h, world.fund.pk, y, "EUR", (n % 900 + 100) * 1_000_000_000)
            for n, (_, h, y) in enumerate(keys, 1)
        ),
    )
    return {key: (number, key[1]) for number, key in enumerate(keys, 1)}


def _days(number: int) -> date:
    return date(YEARS[0], 1, 1) + timedelta(days=number * 7919 % 3650)


def _entries(world: World) -> Iterator[tuple[Any, ...]]:
    for number in count(1):
        day = _days(number)
        uid = f"{number:032x}"
        yield (number, world.programme.pk, uid, world.book.pk, number, day, "x", "", "payment", 1000, number)


def _postings(
    world: World,
    accounts: list[int],
    lines: dict[tuple[int, int, int], tuple[int, int]],
    communes: list[int],
    chance: Random,
) -> Iterator[tuple[Any, ...]]:
    headings = sorted({heading for _, heading, _ in lines})
    assets, expenses = accounts[:4], accounts[6:]
    fixed = (world.fund.pk, world.purpose.pk)
    for number in count(1):
        day, commune, currency = _days(number), chance.choice(communes), chance.choice(CURRENCIES)
        units = chance.randint(1, 100_000) * 10_000
        in_book = units if currency == "EUR" else units // 3
        line, heading = lines[commune, chance.choice(headings), day.year]
        head, tail = (world.programme.pk, number), (day, currency)
        yield (*head, 1, chance.choice(expenses), *fixed, commune, line, heading, *tail, units, in_book)
        yield (*head, 2, chance.choice(assets), *fixed, commune, None, None, *tail, -units, -in_book)


def _insert(table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * (columns.count(",") + 1))
    with open_door(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}")
            return
        while some := list(islice(rows, CHUNK)):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", some)


def _drop_triggers() -> None:
    """What is inserted here balances by construction; half a million checks are not what is measured."""
    from laar.base.triggers import NoTriggers  # noqa: PLC0415
    from laar.ledger.triggers import TRIGGERS  # noqa: PLC0415

    names = {one.name: one.table for one in TRIGGERS}
    with connection.schema_editor() as editor:
        NoTriggers(names).database_forwards("ledger", editor, None, None)


def _install_triggers() -> None:
    """What is posted from here on is checked as everywhere."""
    from laar.base.triggers import Triggers  # noqa: PLC0415
    from laar.ledger.triggers import TRIGGERS  # noqa: PLC0415

    with connection.schema_editor() as editor:
        Triggers(TRIGGERS).database_forwards("ledger", editor, None, None)


def _roll_up() -> None:
    month = {
        "sqlite": "CAST(strftime('%%Y%%m', \"on\") AS INTEGER)",
        "postgresql": "CAST(to_char(\"on\", 'YYYYMM') AS INTEGER)",
    }[connection.vendor]
    with open_door(), connection.cursor() as cursor:
        for table, (keys, grain, where) in ROLLED.items():
            when = month if grain == "month" else f"{month} / 100"
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(
                f"INSERT INTO {table} ({keys}, {grain}, currency, units, in_book, postings) "
                f"SELECT {keys}, {when}, currency, SUM(units), SUM(in_book), COUNT(*) FROM ledger_posting {where} "
                f"GROUP BY {keys}, {when}, currency",
                [],
            )
        cursor.execute("DELETE FROM ledger_headingplan")
        cursor.execute(
            "INSERT INTO ledger_headingplan (programme_id, heading_id, fund_id, year, currency, units, moves) "
            "SELECT programme_id, heading_id, fund_id, year, currency, SUM(units), COUNT(*) FROM ledger_budgetmove "
            "GROUP BY programme_id, heading_id, fund_id, year, currency"
        )
        # What was deleted here would lie between the totals; an installation never makes them anew.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
