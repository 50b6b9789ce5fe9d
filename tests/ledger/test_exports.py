"""What we export, hledger and Beancount accept, and they come to our balances: by account, fund and commune."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections import defaultdict
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import Leg, open_account, post_entry, revalue_account, set_rate
from laar.ledger.queries.exports import as_beancount, as_hledger
from laar.ledger.queries.exports.beancount import account_names
from tests.homes import Home
from tests.ledger.books import rate
from tests.ledger.desk_of_money import made
from tests.plaintext import tool
from tests.world import World

#: Account (by code) and currency, or fund, account and currency: an amount.
Sums = dict[tuple[str, ...], Decimal]
#: What of a book we say it comes to: in each currency, and in the book's.
OURS = """
import json
from django.db.models import Sum
from laar.ledger.models import Posting
rows = Posting.objects.filter(account__book__code="{book}").order_by()
for by in (["account__code"], ["fund__code", "account__code"], ["place__code", "account__code"]):
    print(json.dumps([[*key, units, in_book] for *key, units, in_book in
        rows.values_list(*by, "currency").annotate(Sum("units"), Sum("in_book")) if key[0]]))
"""
#: The sums of a Beancount file by its own library, which the interpreter of the system has: a program beside ours.
THEIRS = """
import json, sys
from beancount import loader
from beancount.core import convert, data
entries, errors, options = loader.load_file(sys.argv[1])
codes = {e.account: e.meta["code"] for e in entries if isinstance(e, data.Open)}
rows = [[codes[p.account], p.meta.get("fund", ""), p.meta.get("place", ""), p.units.currency, str(p.units.number),
    str(convert.get_weight(p).number)] for e in entries if isinstance(e, data.Transaction) for p in e.postings]
print(json.dumps({"errors": [str(e) for e in errors], "rows": rows}))
"""


def ours(home: Home, book: str) -> list[tuple[Sums, Sums]]:
    """By account, by fund and account, by place and account: in each currency, and in the book's."""
    found = []
    for line in home.python(OURS.format(book=book)).splitlines():
        units: Sums = defaultdict(Decimal)
        in_book: Sums = defaultdict(Decimal)
        for *key, amount, worth in json.loads(line):
            units[tuple(key)] += Decimal(amount) / 10_000
            in_book[tuple(key[:-1])] += Decimal(worth) / 10_000
        found.append((without_zeros(units), without_zeros(in_book)))
    return found


def without_zeros(sums: Sums) -> Sums:
    return {key: amount for key, amount in sums.items() if amount}


def hledger(file: Path, *arguments: str) -> str:
    """Run it; it must succeed."""
    done = subprocess.run(
        [tool("hledger"), "-f", str(file), *arguments],
        capture_output=True, text=True, check=False, env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def hledger_sums(file: Path, *query: str, at_cost: bool = False) -> Sums:
    """Balances by account (and currency), by its own reckoning."""
    out = hledger(file, "bal", *query, "--flat", "-N", "-O", "csv", "--layout=bare", *(["-B"] if at_cost else []))
    sums: Sums = defaultdict(Decimal)
    for name, currency, amount in list(csv.reader(StringIO(out)))[1:]:
        code = re.sub(r"^[^:]*:", "", name).split()[0]
        sums[(code,) if at_cost else (code, currency)] += Decimal(amount.replace(",", ""))
    return without_zeros(sums)


def exported(home: Home, form: str, book: str, folder: Path) -> Path:
    file = folder / f"{book}.{form}"
    assert "Written" in home.laar("export", form, "--book", book, "--out", str(file))
    return file


@pytest.mark.parametrize("book", ["MAIN", "CSF-210704"])
def test_hledger_comes_to_our_balance_of_every_account_fund_and_commune(whole: Home, tmp_path: Path, book: str) -> None:
    hledger_agrees(whole, tmp_path, book)


@pytest.mark.long
def test_both_come_to_our_balances_of_every_book_of_the_demonstration(whole: Home, tmp_path: Path) -> None:
    books = whole.python(
        "from laar.ledger.models import Book\nfor one in Book.objects.order_by('code'): print(one.code)"
    )
    assert len(books.split()) == 23
    for book in books.split():
        hledger_agrees(whole, tmp_path, book)
        beancount_agrees(whole, tmp_path, book)


def hledger_agrees(whole: Home, tmp_path: Path, book: str) -> None:
    """It accepts the export of a book, and comes to our balances."""
    file = exported(whole, "hledger", book, tmp_path)
    hledger(file, "check", "-s", "ordereddates")
    by_account, by_fund, by_place = ours(whole, book)
    assert hledger_sums(file) == by_account[0]
    assert hledger_sums(file, at_cost=True) == by_account[1]
    for tag, (units, in_book) in (("fund", by_fund), ("place", by_place)):
        names = {key[0] for key in in_book} | {key[0] for key in units}
        for name in sorted(names):
            query = f"tag:{tag}=^{name}$"
            assert hledger_sums(file, query) == {key[1:]: value for key, value in units.items() if key[0] == name}
            assert hledger_sums(file, query, at_cost=True) == {
                key[1:]: value for key, value in in_book.items() if key[0] == name
            }


@pytest.mark.parametrize("book", ["MAIN", "CSF-210704"])
def test_beancount_comes_to_our_balance_of_every_account_fund_and_commune(
    whole: Home, tmp_path: Path, book: str
) -> None:
    beancount_agrees(whole, tmp_path, book)


def beancount_agrees(whole: Home, tmp_path: Path, book: str) -> None:
    """It accepts the export of a book, and comes to our balances."""
    file = exported(whole, "beancount", book, tmp_path)
    checked = subprocess.run([tool("bean-check"), str(file)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    done = subprocess.run(["/usr/bin/python3", "-c", THEIRS, str(file)], capture_output=True, text=True, check=True)
    theirs: dict[str, Any] = json.loads(done.stdout)
    assert theirs["errors"] == []
    for place, (units, in_book) in enumerate(ours(whole, book)):
        found, worth = defaultdict(Decimal), defaultdict(Decimal)
        for account, fund, commune, currency, amount, weight in theirs["rows"]:
            key = ((account,), (fund, account), (commune, account))[place]
            if key[0]:
                found[(*key, currency)] += Decimal(amount)
                worth[key] += Decimal(weight)
        assert without_zeros(found) == units
        assert without_zeros({key: value.quantize(Decimal("0.0001")) for key, value in worth.items()}) == in_book


AWKWARD = 'Fuel; “50 %”, Sok | Chan: "quoted" \\ (x)\n* ! ភូមិ\u200bមួយ'


def test_texts_in_khmer_and_with_signs_of_their_own_are_accepted_and_balance(world: World, tmp_path: Path) -> None:
    rate(world, "KHR", "5713.37", world.day)
    odd = open_account(
        world.book,
        "x:1",
        name=Name(en="Fees;  and | more", km="ថ្លៃ; សេវា"),
        kind="expense",
        by=world.finance,
        on=world.day,
    )
    riel = Money.of(123_457, "KHR")
    parts = riel.split([1, 1, 1])
    legs = [Leg(odd, world.fund, part, place=world.ang) for part in parts]
    legs.append(Leg(world.accounts["cash"], world.fund, -riel))
    post_entry(world.book, legs, text=Name(en=AWKWARD, km="សាំង; ភូមិ"), by=world.finance, on=world.day)
    ledger, beans = tmp_path / "x.journal", tmp_path / "x.beancount"
    ledger.write_text("\n".join(as_hledger(world.book, None, "https://laar.example/records/entry/")), encoding="utf-8")
    beans.write_text("\n".join(as_beancount(world.book, None, "/records/entry/")), encoding="utf-8")
    hledger(ledger, "check", "-s")
    assert hledger_sums(ledger, "tag:place=^210101$") == {("x", "KHR"): Decimal(123_457)}
    checked = subprocess.run([tool("bean-check"), str(beans)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    assert len(set(account_names(world.book).values())) == world.book.accounts.count()


def test_what_a_currency_gained_without_a_coin_moving_is_theirs_too(world: World, tmp_path: Path) -> None:
    money = made(world)
    money.post(money.dollars, money.income, "USD 1000", date(2007, 12, 5))
    set_rate("EUR", "USD", since=world.day, rate=Decimal("1.6"), source="bank", by=world.finance, on=world.day)
    revalue_account(money.dollars, by=world.finance, on=world.day)
    ledger, beans = tmp_path / "x.journal", tmp_path / "x.beancount"
    ledger.write_text("\n".join(as_hledger(world.book, None, "/")), encoding="utf-8")
    beans.write_text("\n".join(as_beancount(world.book, None, "/")), encoding="utf-8")
    hledger(ledger, "check", "-s")
    assert hledger_sums(ledger, at_cost=True)["1002",] == Decimal(625)
    assert hledger_sums(ledger)["1002", "USD"] == Decimal(1000)
    checked = subprocess.run([tool("bean-check"), str(beans)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def test_an_export_ends_with_the_day_that_is_named(world: World) -> None:
    amount = Money.of(5, "EUR")
    legs = [Leg(world.accounts["expense"], world.fund, amount), Leg(world.accounts["bank"], world.fund, -amount)]
    post_entry(world.book, legs, text=Name(en="late"), by=world.finance, on=world.day)
    before = world.day.replace(day=1)
    assert not [line for line in as_hledger(world.book, before, "/") if "late" in line]
    assert [line for line in as_hledger(world.book, world.day, "/") if "late" in line]
