"""The first year is closed: a statement of the bank from its file, the boxes counted, the months one after the other."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from laar.demo.cast import Cast
from laar.demo.teller import Strand, Teller
from laar.kit.money import Money
from laar.kit.periods import year
from laar.ledger.actions import (
    close_month,
    close_year,
    count_cash,
    import_statement,
    keep_mapping,
    match_statement,
    reconcile_statement,
)
from laar.ledger.models import Account, BankStatement, ColumnMapping, Posting
from laar.ledger.queries import held

BANK = "Mekong Savings Bank"
COLUMNS = {"on": "Value date", "text": "Description", "reference": "Reference", "out": "Debit", "in": "Credit"}
WRITTEN = {"date": "%d/%m/%Y", "decimal": "."}
DECEMBER, LAST = date(2007, 12, 1), date(2007, 12, 31)
LOADED, COUNTED, CLOSED = date(2008, 1, 14), date(2007, 12, 31), date(2008, 1, 21)
#: Before the bank gave files.
ON_PAPER = {
    "bank": "Reconciled on the bank's paper statement, before it gave files",
    "cash": "The boxes were empty at the end of the month; counting sheets are kept from December on",
}


def the_first_year(teller: Teller, cast: Cast) -> Strand:
    """What the finance officer and the manager did to close 2007."""
    yield COUNTED
    for code in ("102", "103"):
        teller.tell(
            f"count {code} {COUNTED}",
            count_cash,
            cast.accounts[code],
            pieces={"100": 0},
            witness="Lay Pisey",
            by=cast.finance,
        )
    yield LOADED
    teller.tell(
        "columns of the bank",
        keep_mapping,
        cast.programme,
        "bank",
        BANK,
        columns=COLUMNS,
        written=WRITTEN,
        by=cast.finance,
    )
    statement = statement_of(teller, cast, "101", DECEMBER, LAST)
    teller.tell("statement 2007-12 matched", match_statement, statement, by=cast.finance)
    teller.tell("statement 2007-12 signed", reconcile_statement, statement, by=cast.manager)
    yield CLOSED
    for since in list(year(2007).months())[2:]:
        explained = ON_PAPER if since < DECEMBER else {}
        teller.tell(f"closing {since}", close_month, cast.books["MAIN"], since, explained=explained, by=cast.finance)
    teller.tell("closing 2007", close_year, cast.books["MAIN"], 2007, explained={}, by=cast.manager)


def statement_of(teller: Teller, cast: Cast, code: str, since: date, last: date) -> BankStatement:
    """The statement of a month of a bank account, loaded from the file that the bank gave."""
    account = cast.accounts[code]
    opening = held(account, since - timedelta(days=1))
    content, closing = _file(account, since, last, opening)
    return teller.tell(
        f"statement {code} {since:%Y-%m}",
        import_statement,
        account,
        content,
        file=f"statement-{code}-{since:%Y-%m}.csv",
        mapping=ColumnMapping.objects.get(programme=cast.programme, kind="bank", label=BANK),
        opening=opening,
        closing=closing,
        since=since,
        until=last,
        by=cast.finance,
    )


def _file(account: Account, since: date, last: date, opening: Money) -> tuple[bytes, Money]:
    """The file as the bank gave it: what was paid on the last day reached it in January only."""
    running, text = opening, io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["Value date", "Description", "Reference", "Debit", "Credit"])
    paid = Posting.objects.filter(account=account, on__gte=since, on__lte=last).select_related("entry")
    for posting in paid.exclude(on=last, entry__text_en__startswith="Share of").order_by("on", "id"):
        amount = Money(abs(posting.units), posting.currency).plain()
        sides = ["", amount] if posting.units > 0 else [amount, ""]
        writer.writerow(
            [f"{posting.on:%d/%m/%Y}", f"Order {posting.entry.document}", f"M{posting.entry.number:05}", *sides]
        )
        running += posting.amount
    return text.getvalue().encode(), running
