"""What the entry screen asks for each kind of document, and the lines that are made of the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from laar.desk.books.documents.questions import Listed, MoneyAt, Sum, accounts
from laar.desk.verbs.questions import Choice, Chosen, Day, Pair, Paper, Question, Words
from laar.kit.money import DECIMALS, Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import (
    Item,
    Leg,
    credit,
    exchanged,
    given_out,
    in_kind,
    paid,
    received,
    settled_with,
    transferred,
)
from laar.ledger.models import Account, Book, Document
from laar.ledger.queries import lines_of, settled
from laar.ledger.rules import ACCOUNT_USES, DOCUMENT_PAPERS, DOCUMENTS
from laar.results import documents as known
from laar.results.queries import choices

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """What was typed: the answers above the lines, and the lines."""

    book: Book
    on: date
    answers: Answers
    items: list[Item]

    @property
    def item(self) -> Item:
        """The only line of what has one. Raises Refusal `entry.too_short`."""
        if len(self.items) != 1:
            raise Refusal("entry.too_short")
        return self.items[0]


@dataclass(frozen=True)
class Screen:
    """One kind: its questions above the lines, its lines, and how the entry is made of them."""

    asks: Mapping[str, Question]
    legs: Callable[[Written], list[Leg]]
    #: Which accounts its lines may stand on: kinds, or uses.
    line_kinds: tuple[str, ...] = ()
    line_uses: tuple[str, ...] = ()
    has_lines: bool = True
    one_line: bool = False
    #: Its lines are debits and credits by themselves.
    both_sides: bool = False
    has_budget: bool = True
    #: Whether its lines say what for and where; money that only changes its own place does not.
    has_purpose: bool = True
    #: Which of its answers go to the action as they are.
    passes: tuple[str, ...] = ()
    paper: str = "bill"


_payee: dict[str, Question] = {
    "payee_text": Words(label=_("Name on the paper"), hint=_("Who is paid, or who pays.")),
    "payee": Chosen(label=_("Known body"), is_required=False, among=lambda about: choices.bodies_at(None, about.user)),
}
_from = MoneyAt(label=_("Paid from"))
_into = MoneyAt(label=_("Received into"))
_advance = Listed(label=_("Account for advances"), options=accounts("advance"))
_settles = Chosen(
    label=_("Advance that it accounts for"),
    among=lambda about: known.can_be_settled(about.programme),
    otherwise=_("No posted advance waits to be accounted for."),
)
_currency = Choice(
    label=_("Currency"),
    hint=_("Left out: that of the account, or of the advance."),
    is_required=False,
    names={one: Name(en=one, km=one) for one in DECIMALS},
)
_passes_payee = ("payee", "payee_text")


def _advances_of(advance: Document) -> Account:
    """The account on which an advance stands."""
    lines = [line for line in lines_of(advance) if line.account.use == "advance"]
    if not lines:
        raise Refusal("document.settles_missing")
    return lines[0].account


def _paid(one: Written) -> list[Leg]:
    withheld, tax = one.answers.get("withheld"), one.answers.get("tax")
    amount = _money(one, withheld) if withheld and tax else None
    return paid(one.answers["money"], one.items, tax=tax if amount else None, withheld=amount)


def _money(one: Written, text: str) -> Money:
    return Money.of(text, one.items[0].amount.currency if one.items else one.book.currency)


def _journal(one: Written) -> list[Leg]:
    return [Leg(item.account, item.fund, item.amount, item.purpose, item.place, item.line) for item in one.items]


def _moved(one: Written) -> list[Leg]:
    return transferred(one.answers["money"], one.answers["into"], one.item.fund, one.item.amount)


def _exchanged(one: Written) -> list[Leg]:
    out_of, into, item = one.answers["money"], one.answers["into"], one.item
    got = Money.of(one.answers["got"], into.currency or one.book.currency)
    rooms = {use: known.accounts_of(one.book, use) for use in ("exchange", "gain")}
    for use, found in rooms.items():
        if not found:
            raise Refusal("document.account_missing", kind=DOCUMENTS["exchange"].name, use=ACCOUNT_USES[use])
    return exchanged(
        out_of,
        item.amount,
        into,
        got,
        fund=item.fund,
        exchange=rooms["exchange"][0],
        gain=rooms["gain"][0],
        on=one.on,
    )


def _salary(one: Written) -> list[Leg]:
    by = one.answers["by"]
    debits = [Leg(item.account, item.fund, item.amount, item.purpose, item.place, item.line) for item in one.items]
    return debits + [credit(by, item.fund, item.amount, item.purpose, place=item.place) for item in one.items]


SCREENS: dict[str, Screen] = {
    "payment": Screen(
        {
            **_payee,
            "money": _from,
            "tax": Listed(label=_("Tax withheld, to the account"), options=accounts("tax"), is_required=False),
            "withheld": Sum(label=_("Tax withheld"), is_required=False),
        },
        _paid,
        passes=_passes_payee,
    ),
    "receipt": Screen(
        {
            **_payee,
            "money": _into,
            "settles": Chosen(
                label=_("Rest of the advance"),
                hint=_("Where somebody pays back what is left of an advance."),
                is_required=False,
                among=lambda about: known.can_be_settled(about.programme),
            ),
        },
        lambda one: received(one.answers["money"], one.items),
        passes=(*_passes_payee, "settles"),
        has_budget=False,
    ),
    "advance": Screen(
        {**_payee, "money": _from, "advances": _advance, "due_on": Day(label=_("To be accounted for until"))},
        lambda one: given_out(one.answers["money"], one.answers["advances"], one.item),
        has_lines=True,
        one_line=True,
        line_uses=("advance",),
        has_budget=False,
        passes=(*_passes_payee, "due_on"),
        paper="contract",
    ),
    "liquidation": Screen(
        {"settles": _settles},
        lambda one: settled_with(_advances_of(one.answers["settles"]), one.items),
        line_kinds=("expense",),
        passes=("settles",),
    ),
    "deposit": Screen(
        {"money": _from, "into": _into},
        _moved,
        one_line=True,
        line_uses=("bank", "cash"),
        has_budget=False,
        has_purpose=False,
    ),
    "withdrawal": Screen(
        {"money": _from, "into": _into},
        _moved,
        one_line=True,
        line_uses=("bank", "cash"),
        has_budget=False,
        has_purpose=False,
    ),
    "exchange": Screen(
        {"money": _from, "into": _into, "got": Sum(label=_("Amount received"))},
        _exchanged,
        one_line=True,
        line_uses=("bank", "cash"),
        has_budget=False,
        has_purpose=False,
    ),
    "in_kind": Screen(
        {
            **_payee,
            "by": Listed(label=_("Income in kind, on the account"), options=accounts(kinds=("income",))),
            "basis": Words(
                label=_("Basis of the valuation"), hint=_("A price list, a quotation, a usual wage."), most=300
            ),
        },
        lambda one: in_kind(one.answers["by"], one.items),
        line_kinds=("expense",),
        passes=(*_passes_payee, "basis"),
        paper="valuation",
    ),
    "journal": Screen({}, _journal, both_sides=True),
    "tax": Screen(
        {**_payee, "money": _from},
        lambda one: paid(one.answers["money"], one.items),
        line_uses=("tax",),
        has_budget=False,
        passes=_passes_payee,
    ),
    "reversal": Screen(
        {
            "reverses": Chosen(
                label=_("Document to be undone"), among=lambda about: known.can_be_reversed(about.programme)
            )
        },
        lambda _one: [],
        has_lines=False,
        passes=("reverses",),
        paper="list",
    ),
    "salary": Screen(
        {"by": Listed(label=_("To be paid, on the account"), options=accounts("payable"))},
        _salary,
        line_kinds=("expense",),
        paper="timesheet",
    ),
}


def questions_for(kind: str) -> dict[str, Question]:
    """What is asked above the lines of a document of a kind."""
    paper = DOCUMENT_PAPERS[SCREENS[kind].paper]
    return {
        "on": Day(label=_("Date")),
        "text": Pair(label=_("For what"), most=300),
        **SCREENS[kind].asks,
        **({"currency": _currency} if SCREENS[kind].has_lines else {}),
        "paper": Paper(role=paper, is_required=False),
    }


def currency_of(book: Book, answers: Answers) -> str:
    """In which currency the lines are: the one chosen, else that of the account or the advance, else of the book."""
    money, advance = answers.get("money"), answers.get("settles")
    chosen = answers.get("currency") or (money.currency if money else "")
    if not chosen and advance:
        chosen = settled(advance).given.currency
    return str(chosen or book.currency)
