"""The roll-ups of the books, one per question: by account, by fund, by place, by budget heading; and what is planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from laar.base.images import Image
from laar.base.rollups import Rollup, Share, rollup
from laar.ledger.models import (
    AccountMonth,
    BudgetMove,
    FundMonth,
    HeadingMonth,
    HeadingPlan,
    PlaceYear,
    Posting,
)

SUMS = ("units", "in_book", "postings")


def _month(row: Image) -> int:
    day = row["on"] if isinstance(row["on"], date) else date.fromisoformat(row["on"])
    return day.year * 100 + day.month


def _by_account(row: Image) -> Iterator[Share]:
    yield (row["programme_id"], row["account_id"], _month(row), row["currency"]), (row["units"], row["in_book"], 1)


def _by_fund(row: Image) -> Iterator[Share]:
    key = (row["programme_id"], row["fund_id"], row["account_id"], _month(row), row["currency"])
    yield key, (row["units"], row["in_book"], 1)


def _by_place(row: Image) -> Iterator[Share]:
    if row["place_id"] is None:
        return
    year = _month(row) // 100
    key = (row["programme_id"], row["place_id"], row["account_id"], row["fund_id"], year, row["currency"])
    yield key, (row["units"], row["in_book"], 1)


def _by_heading(row: Image) -> Iterator[Share]:
    if row["heading_id"] is None:
        return
    key = (row["programme_id"], row["heading_id"], row["fund_id"], _month(row), row["currency"])
    yield key, (row["units"], row["in_book"], 1)


def _planned(row: Image) -> Iterator[Share]:
    key = (row["programme_id"], row["heading_id"], row["fund_id"], row["year"] or 0, row["currency"])
    yield key, (row["units"], 1)


ACCOUNT_MONTHS = rollup(
    Rollup(Posting, AccountMonth, ("programme_id", "account_id", "month", "currency"), SUMS, _by_account)
)
FUND_MONTHS = rollup(
    Rollup(Posting, FundMonth, ("programme_id", "fund_id", "account_id", "month", "currency"), SUMS, _by_fund)
)
PLACE_YEARS = rollup(
    Rollup(
        Posting,
        PlaceYear,
        ("programme_id", "place_id", "account_id", "fund_id", "year", "currency"),
        SUMS,
        _by_place,
    )
)
HEADING_MONTHS = rollup(
    Rollup(Posting, HeadingMonth, ("programme_id", "heading_id", "fund_id", "month", "currency"), SUMS, _by_heading)
)
HEADING_PLANS = rollup(
    Rollup(
        BudgetMove,
        HeadingPlan,
        ("programme_id", "heading_id", "fund_id", "year", "currency"),
        ("units", "moves"),
        _planned,
    )
)
