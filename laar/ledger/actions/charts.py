"""Loading a budget form or a chart of accounts from a file: what is new is added, what is there is left or renamed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Programme, User
from laar.kit.money import decimals_of
from laar.ledger.charts import AccountRow, HeadingRow
from laar.ledger.models import Account, Book, Heading
from laar.ledger.queries import as_row


@action("heading.load")
def load_heading(
    programme: Programme,
    chart: str,
    *,
    rows: Sequence[HeadingRow],
    by: User,
    on: date,
    command: UUID | None = None,
) -> Programme:
    """Take the headings of a budget form into a programme; loading it twice changes nothing.

    What the file no longer has stays: lines may stand on it. `heading_differences` says beforehand what will change.
    """
    with act(by, "heading.load", programme, on=on, command=command) as step:
        known = {
            one.code: one for one in Heading.objects.filter(programme=programme, chart=chart).select_related("parent")
        }
        for position, row in enumerate(rows, start=1):
            there = known.get(row.code)
            if there is None:
                heading = Heading(programme=step.subject, chart=chart, code=row.code)
                known[row.code] = step.add(_written(heading, row, position, known))
            elif as_row(there) != row or there.position != position:
                heading = step.lock(there)
                step.save(_written(heading, row, position, known))
                known[row.code] = heading
    return step.subject


def _written(heading: Heading, row: HeadingRow, position: int, known: dict[str, Heading]) -> Heading:
    heading.position, heading.role, heading.most = position, row.role, row.most
    heading.name_en, heading.name_km = row.name.en, row.name.km
    heading.parent = known[row.parent] if row.parent else None
    return heading


@action("chart.load")
def load_chart(book: Book, *, rows: Sequence[AccountRow], by: User, on: date, command: UUID | None = None) -> Book:
    """Open the accounts of a file in a book, and call those that are there as the file does.

    Kind, use and currency of an account stay as they are: money may stand on it. Loading it twice changes nothing.
    """
    with act(by, "chart.load", book, on=on, command=command) as step:
        known = {one.code: one for one in step.subject.accounts.all()}
        for row in rows:
            if row.currency:
                decimals_of(row.currency)
            there = known.get(row.code)
            if there is None:
                step.add(
                    Account(
                        programme_id=book.programme_id,
                        book=step.subject,
                        code=row.code,
                        name_en=row.name.en,
                        name_km=row.name.km,
                        kind=row.kind,
                        use=row.use,
                        currency=row.currency,
                    )
                )
            elif (there.name_en, there.name_km) != (row.name.en, row.name.km):
                account = step.lock(there)
                account.name_en, account.name_km = row.name.en, row.name.km
                step.save(account)
    return step.subject
