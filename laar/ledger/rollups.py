"""The roll-up of the books: what moved, by account, fund, purpose, currency and month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from laar.base.images import Image
from laar.base.rollups import Rollup, Share, rollup
from laar.ledger.models import MonthBalance, Posting


def _share(row: Image) -> Iterator[Share]:
    day = row["on"] if isinstance(row["on"], date) else date.fromisoformat(row["on"])
    key = (
        row["programme_id"],
        row["account_id"],
        row["fund_id"],
        row["purpose_id"] or 0,
        row["currency"],
        day.year * 100 + day.month,
    )
    yield key, (row["units"], row["in_book"], 1)


MONTH_BALANCES = rollup(
    Rollup(
        source=Posting,
        table=MonthBalance,
        keys=("programme_id", "account_id", "fund_id", "purpose_id", "currency", "month"),
        sums=("units", "in_book", "postings"),
        share=_share,
    )
)
