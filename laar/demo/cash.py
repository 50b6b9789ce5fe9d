"""The first year is closed: a statement of the bank from its file, the boxes counted, the months one after the other."""

from __future__ import annotations

import csv
import io
from datetime import date

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
from laar.ledger.models import Posting
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
            pieces={},
            witness="Lay Pisey",
            by=cast.finance,
        )
    yield LOADED
    mapping = teller.tell(
        "columns of the bank",
        keep_mapping,
        cast.programme,
        "bank",
        BANK,
        columns=COLUMNS,
        written=WRITTEN,
        by=cast.finance,
    )
    content, closing = _file(cast)
    statement = teller.tell(
        "statement 2007-12",
        import_statement,
        cast.accounts["101"],
        content,
        file="statement-2007-12.csv",
        mapping=mapping,
        opening=held(cast.accounts["101"], date(2007, 11, 30)),
        closing=closing,
        since=DECEMBER,
        until=LAST,
        by=cast.finance,
    )
    teller.tell("statement 2007-12 matched", match_statement, statement, by=cast.finance)
    teller.tell("statement 2007-12 signed", reconcile_statement, statement, by=cast.manager)
    yield CLOSED
    for since in list(year(2007).months())[2:]:
        explained = ON_PAPER if since < DECEMBER else {}
        teller.tell(f"closing {since}", close_month, cast.books["MAIN"], since, explained=explained, by=cast.finance)
    teller.tell("closing 2007", close_year, cast.books["MAIN"], 2007, explained={}, by=cast.manager)


def _file(cast: Cast) -> tuple[bytes, Money]:
    """The file as the bank gave it: what was paid on the last day reached it in January only."""
    account, running = cast.accounts["101"], held(cast.accounts["101"], date(2007, 11, 30))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["Value date", "Description", "Reference", "Debit", "Credit"])
    paid = Posting.objects.filter(account=account, on__gte=DECEMBER, on__lte=LAST).select_related("entry")
    for posting in paid.exclude(on=LAST, entry__text_en__startswith="Share of").order_by("on", "id"):
        amount = Money(abs(posting.units), posting.currency).plain()
        sides = ["", amount] if posting.units > 0 else [amount, ""]
        writer.writerow(
            [f"{posting.on:%d/%m/%Y}", f"Order {posting.entry.document}", f"M{posting.entry.number:05}", *sides]
        )
        running += posting.amount
    return text.getvalue().encode(), running
