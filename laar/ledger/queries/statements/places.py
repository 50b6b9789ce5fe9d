"""Statements by place: every commune beside the others, and the receipts and payments of one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models import Account, Fund, PlaceYear
from laar.ledger.queries.statements.accounts import coded
from laar.ledger.queries.statements.money import ADVANCED, FUND_, OURS, THEIRS, TOGETHER, accounts_of
from laar.ledger.queries.statements.statement import Asked, Column, Part, Row, Statement, statement, where
from laar.ledger.queries.sums import Moved, moved_between, moved_up_to
from laar.registers.models import Place

PLACE = Column(Name(en="Commune", km="ឃុំ/សង្កាត់"))


@statement(
    "communes",
    title=Name(en="Balance per commune", km="សមតុល្យតាមឃុំ/សង្កាត់"),
    says=Name(
        en="what was spent for each commune from our money and from its own, and which advances are open there",
        km="ចំណាយសម្រាប់ឃុំ/សង្កាត់នីមួយៗពីប្រាក់យើង និងប្រាក់របស់ខ្លួន និងបុរេប្រទាននៅសល់",
    ),
    takes=("fund",),
)
def communes(asked: Asked) -> Statement:
    """Every commune that money was spent for: ours, its own, together, and open advances."""
    accounts = accounts_of(asked)
    sums = moved_up_to(PlaceYear, ["place_id", "account_id"], where(asked), day=asked.day, known=asked.known)
    lies_in = dict(Place.objects.filter(pk__in={place for place, _account in sums}).values_list("id", "code"))
    held: dict[str, dict[str, int]] = defaultdict(lambda: {"own": 0, "memorandum": 0, "advance": 0})
    for (place, key), moved in sums.items():
        if place is None or key not in accounts:
            continue
        own = held[lies_in[place][:COMMUNE_DIGITS]]
        if accounts[key].kind == "expense":
            own["memorandum" if accounts[key].book.is_memorandum else "own"] += moved.in_book
        elif accounts[key].use == "advance":
            own["advance"] += moved.in_book
    named = {place.code: place for place in Place.objects.filter(code__in=held).order_by("code", "id")}
    rows = [
        Row((coded(place), *_of_a_place(asked, held[code], code)), "commune", {"place": code, **asked.days})
        for code, place in named.items()
    ]
    return Statement((PLACE, OURS, THEIRS, TOGETHER, ADVANCED), (Part(tuple(rows)),))


#: How long the official code of a commune is: what was posted for its villages is the commune's.
COMMUNE_DIGITS = 6


def _of_a_place(asked: Asked, held: dict[str, int], place: str) -> list[Any]:
    """What was spent for a place; for a district itself, whose figure would take in its communes, as plain amounts."""
    together = held["own"] + held["memorandum"]
    if len(place) < COMMUNE_DIGITS:
        sums = (held["own"], held["memorandum"], together, held["advance"])
        return [Money(units, asked.programme.currency) for units in sums]
    scope = {**({"fund": asked.fund.code} if asked.fund else {}), **asked.days}
    spent = {"kind": "expense", **scope}
    return [
        asked.told(held["own"], place=place, books="own", **spent),
        asked.told(held["memorandum"], place=place, books="memorandum", **spent),
        asked.told(together, place=place, **spent),
        asked.told(held["advance"], place=place, use="advance", **scope),
    ]


@statement(
    "commune",
    title=Name(en="Receipts and payments of a commune", km="ចំណូល និងចំណាយរបស់ឃុំ/សង្កាត់"),
    says=Name(
        en="its memorandum book as it was copied from the treasury, and the project's money for it",
        km="បញ្ជីអនុស្សរណៈដែលចម្លងពីរតនាគារ និងប្រាក់គម្រោងសម្រាប់ខ្លួន",
    ),
    takes=("place", "since"),
    needs=("place",),
)
def receipts_and_payments(asked: Asked) -> Statement:
    """One commune: what its treasury received and paid, and the project's money for it, by account and fund."""
    assert asked.place is not None
    accounts = accounts_of(asked)
    inside = list(Place.objects.filter(code__startswith=asked.place.code).values_list("id", flat=True))
    sums = moved_between(
        PlaceYear,
        ["account_id", "fund_id"],
        where(asked, place_id=inside),
        since=asked.since,
        day=asked.day,
        known=asked.known,
    )
    named = {fund.pk: fund for fund in Fund.objects.filter(pk__in={fund for _account, fund in sums})}
    parts: dict[str, list[Row]] = {title: [] for title in PARTS}
    for (key, fund), moved in sorted(sums.items(), key=lambda one: (_code(accounts, one[0][0]), one[0][1])):
        account = accounts.get(key)
        part = _part_of(account) if account else ""
        if account and part and moved.in_book:
            parts[part].append(_line(asked, account, named[fund], moved, part))
    whole = tuple(Part(tuple(rows), PARTS[part]) for part, rows in parts.items() if rows)
    return Statement((ACCOUNT_, FUND_, SUM), whole)


#: What is told of a commune, in this order.
PARTS = {
    "receipts": Name(en="Its own receipts, from the treasury", km="ចំណូលផ្ទាល់ ពីរតនាគារ"),
    "payments": Name(en="Its own payments, from the treasury", km="ចំណាយផ្ទាល់ ពីរតនាគារ"),
    "project": Name(en="The project's money spent for it", km="ប្រាក់គម្រោងដែលបានចំណាយសម្រាប់ខ្លួន"),
    "advances": Name(en="Advances of the project, not yet accounted for", km="បុរេប្រទានគម្រោង មិនទាន់ទូទាត់"),
}
ACCOUNT_ = Column(Name(en="Account", km="គណនី"))
SUM = Column(Name(en="Amount", km="ចំនួនទឹកប្រាក់"), "amount")


def _code(accounts: dict[int, Account], key: int) -> str:
    return accounts[key].code if key in accounts else ""


def _part_of(account: Account) -> str:
    """Under which heading an account is told; empty where it is only the other side of what is told."""
    if account.book.is_memorandum:
        return {"income": "receipts", "expense": "payments"}.get(account.kind, "")
    return "project" if account.kind == "expense" else "advances" if account.use == "advance" else ""


def _line(asked: Asked, account: Account, fund: Fund, moved: Moved, part: str) -> Row:
    assert asked.place is not None
    scope = {"book": account.book.code, "account": account.code, "fund": fund.code, **asked.period}
    if part == "receipts":
        cell = asked.told(-moved.in_book, place=asked.place.code, show="owed", **scope)
    else:
        cell = asked.told(moved.in_book, place=asked.place.code, **scope)
    leads = {"account": f"{account.book.code}:{account.code}", "fund": fund.code, **asked.period}
    return Row((coded(account), coded(fund), cell), "ledger", leads)
