"""Salaries of a month, charged to the budget lines for which people worked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions.documents import prepare_document
from laar.ledger.actions.lines import Leg
from laar.ledger.models import Account, Book, Document
from laar.ledger.queries.salaries import salaries_in


@action("salary.allocate")
def allocate_salary(
    book: Book,
    content: bytes,
    *,
    file: str,
    columns: Mapping[str, str],
    currency: str,
    cost: Account,
    owed: Account,
    text: Name,
    timesheets: Evidence,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Document:
    """Prepare one document over a file of salaries: a line for each budget line, and what is owed to the staff.

    Whole or not at all: raises the Refusal of the first row that can't be taken. The document names the file and its
    digest; the signed timesheets are its paper.
    """
    with act(by, "salary.allocate", book, on=on, command=command) as step:
        read = salaries_in(book.programme, content, file=file, columns=columns, currency=currency)
        for no in read.wrong:
            raise no
        charged = [
            Leg(cost, line.budget.fund, amount, place=line.place, line=line) for line, amount in read.by_line if amount
        ]
        funds: dict[int, Money] = {}
        for leg in charged:
            funds[leg.fund.pk] = funds.get(leg.fund.pk, Money(0, currency)) + leg.amount
        by_fund = {leg.fund.pk: leg.fund for leg in charged}
        document = prepare_document(
            step.subject,
            "salary",
            [*charged, *(Leg(owed, by_fund[key], -amount) for key, amount in funds.items())],
            text=text,
            basis=f"{file}, SHA-256 {sha256(content).hexdigest()}"[:300],
            papers={"timesheet": timesheets},
            by=by,
            on=on,
        )
        return step.result(document)
