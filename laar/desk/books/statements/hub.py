"""The way around the books: one declared list of doors, and what each book adds up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from laar.base.access import visible
from laar.base.readers import Eyes
from laar.desk.navigation import anybody
from laar.desk.page import programme, reader
from laar.ledger.models import Book
from laar.ledger.queries import books_of
from laar.ledger.queries.books import standing_of
from laar.ledger.queries.statements import KINDS


@dataclass(frozen=True)
class Door:
    """A way from the hub: its word, what is behind it, its address; left out where there is no such address yet."""

    word: str | Promise
    says: str | Promise
    name: str
    to: Callable[[Eyes], bool] = anybody


#: The work of the books, in the order of a month. A new part of the books adds its door here.
DOORS = (
    Door(_("Documents"), _("receipts, vouchers, advances: prepared, approved, paid"), "documents"),
    Door(_("Cash"), _("cash books, counts, differences"), "cash_boxes"),
    Door(_("Bank"), _("bank statements, matched with the books"), "bank_accounts"),
    Door(_("Advances"), _("what is open, and for how long"), "advances"),
    Door(_("Budgets"), _("what is planned, committed, paid and left"), "budgets"),
    Door(_("Limits"), _("up to what something may go, and who says so"), "limits"),
    Door(_("Rates"), _("exchange rates with day and source"), "rates"),
    Door(_("Months"), _("closing a month, and what is still missing"), "months"),
    Door(_("Financial reports"), _("to the donors, in their forms"), "finance_reports"),
)
#: What somebody else checks us by.
CHECKS = (
    Door(_("Audit pack"), _("a sample of entries with every paper behind them, as a file"), "audit_pack"),
    Door(_("Accounts kept elsewhere"), _("bring in a journal from another program, and compare balances"), "elsewhere"),
)


def doors(declared: tuple[Door, ...], eyes: Eyes) -> list[tuple[Door, str]]:
    """Those doors that have an address and lead somewhere for this reader."""
    found = []
    for door in declared:
        try:
            address = reverse(door.name)
        except NoReverseMatch:
            continue
        if door.to(eyes):
            found.append((door, address))
    return found


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """The books of the programme that this reader may see, each with its trial balance, and the ways on."""
    eyes, here = reader(request), programme(request)
    books: list[Book] = list(visible(eyes, books_of(here)))
    standing = standing_of(here, books)
    context = {
        "programme": here,
        "own": [one for one in standing if not one.book.is_memorandum],
        "memorandum": [one for one in standing if one.book.is_memorandum],
        "statements": [(kind, reverse("statement", args=[kind.slug])) for kind in KINDS.values()] if books else [],
        "doors": doors(DOORS, eyes) if books else [],
        "checks": doors(CHECKS, eyes) if books else [],
        "may_export": bool(books) and not eyes.is_public,
    }
    return render(request, "desk/books/statements/hub.html", context)
