"""Salaries of a month, charged to the budget lines for which people worked."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from laar.base.act import act, action
from laar.base.actions import keep_evidence
from laar.base.models import Evidence, User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions.documents import prepare_document
from laar.ledger.actions.lines import Leg
from laar.ledger.models import Account, Book, ColumnMapping, Document
from laar.ledger.queries.salaries import salaries_in, salary_of_file

#: What the file is beside the document.
PAPER = "salary_file"


@action("salary.allocate")
def allocate_salary(
    book: Book,
    content: bytes,
    *,
    file: str,
    mapping: ColumnMapping | None,
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

    Whole or not at all: raises the Refusal of the first row that can't be taken, and `salary.twice` where the file was
    taken in that month already. The file is kept beside the document, the signed timesheets are its paper.
    """
    with act(by, "salary.allocate", book, on=on, command=command) as step:
        if there := salary_of_file(step.subject, content, on):
            raise Refusal("salary.twice", document=there.number)
        read = salaries_in(book.programme, content, file=file, mapping=mapping, currency=currency)
        for wrong in read.wrong:
            raise wrong.no
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
            basis=f"{file[-120:]}, SHA-256 {sha256(content).hexdigest()}",
            papers={"timesheet": timesheets, PAPER: _kept(book, content, file, by, on)},
            by=by,
            on=on,
        )
        return step.result(document)


def _kept(book: Book, content: bytes, file: str, by: User, on: date) -> Evidence:
    """The file as it was sent: it names what people earn, so only the office opens it."""
    caption = Name(en=f"Salaries and timesheets: {file}"[:300], km=f"ប្រាក់បៀវត្ស និងតារាងម៉ោង៖ {file}"[:300])
    return keep_evidence(
        book.programme, content, caption=caption, dated=on, is_personal=True, is_table=True, by=by, on=on
    )
