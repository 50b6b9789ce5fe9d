"""The ways into the house: one declared list, from which the rail, the bar of a phone and the page "More" are made.

An entry whose address does not exist is left out, and so is one that its reader would find empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from laar.base.readers import Eyes
from laar.base.rules import KNOWS_PERSONS
from laar.results.trail import TRAIL_READERS

#: How many entries stand in the bar of a phone beside "More".
NEAR = 3


def anybody(eyes: Eyes) -> bool:
    """Whoever is signed in."""
    return True


def with_a_role(eyes: Eyes) -> bool:
    """Who works in a programme, or reads one."""
    return bool(eyes.held)


def of_the_whole(eyes: Eyes) -> bool:
    """Whose role reaches a whole programme: books and trail concern no single commune."""
    return any(not one.place for one in eyes.held)


def who_reads_the_trail(eyes: Eyes) -> bool:
    """Who audits, runs or administers a whole programme."""
    return any(one.role in TRAIL_READERS and not one.place for one in eyes.held)


def who_knows_persons(eyes: Eyes) -> bool:
    """Who may see records that are about a person by name."""
    return any(one.role in KNOWS_PERSONS for one in eyes.held)


@dataclass(frozen=True)
class Entry:
    """One way in: its word, its address and its drawing, who gets it, and the addresses that lie behind it."""

    word: str | Promise
    name: str
    slug: str = ""
    to: Callable[[Eyes], bool] = with_a_role
    behind: tuple[str, ...] = ()
    #: Its turn for one of the places in the bar of a phone; 0 never stands there.
    near: int = 0

    @property
    def drawing(self) -> str:
        """What its sign is called in the file of drawings."""
        return self.slug or self.name


#: Rates, cash, bank and months lie behind the books.
MONEY_PAGES = (
    "rates", "rate_columns", "cash_boxes", "cash_book", "bank_accounts", "bank_account", "bank_columns",
    "bank_statement", "months",
)  # fmt: skip
#: In the order of the rail.
ENTRIES = (
    Entry(_("Today"), "today", to=anybody, near=1),
    Entry(_("Programme"), "programme"),
    Entry(_("Places"), "places", near=2, behind=("place",)),
    Entry(_("Requests"), "chapter", "requests", near=4),
    Entry(_("Events"), "chapter", "events"),
    Entry(_("Plans"), "chapter", "plans"),
    Entry(_("Projects"), "chapter", "projects"),
    Entry(_("People"), "chapter", "people", to=who_knows_persons),
    Entry(_("All lists"), "chapters"),
    Entry(_("Books"), "books", to=of_the_whole, behind=("statement", "audit_pack", "elsewhere", *MONEY_PAGES)),
    Entry(
        _("Financial reports"),
        "finance_reports",
        to=of_the_whole,
        behind=("finance_report", "finance_quarter", "finance_explain"),
    ),
    Entry(_("Reference sheet"), "sheet", to=anybody, behind=("consultant",)),
    Entry(_("Find"), "find", near=3),
    Entry(_("Trail"), "trail", to=who_reads_the_trail, behind=("trail_line",)),
    Entry(
        _("Settings"), "settings", to=anybody, behind=("users", "new_user", "one_user", "who_may", "programme_settings")
    ),
)
#: Of the reader's own, below the others.
OWN = (
    Entry(_("Preferences"), "preferences", to=anybody),
    Entry(_("Sign out"), "account_logout", to=anybody),
)
MORE = Entry(_("More"), "more", to=anybody, near=9)


@dataclass(frozen=True)
class Way:
    """An entry as this reader gets it on this page."""

    entry: Entry
    address: str
    is_here: bool
    is_near: bool = False


@dataclass(frozen=True)
class Ways:
    """What the rail shows."""

    main: list[Way]
    own: list[Way]
    more: Way | None


def ways(request: HttpRequest, eyes: Eyes) -> Ways:
    """The ways in of whoever asks for this page."""
    found = [(entry, address) for entry in ENTRIES if entry.to(eyes) and (address := _address(entry))]
    near = sorted((entry for entry, _where in found if entry.near), key=lambda entry: entry.near)[:NEAR]
    more = _address(MORE)
    return Ways(
        main=[Way(entry, address, _is_here(entry, request), entry in near) for entry, address in found],
        own=[Way(entry, address, _is_here(entry, request)) for entry in OWN if (address := _address(entry))],
        more=Way(MORE, more, _is_here(MORE, request), is_near=True) if more else None,
    )


def _address(entry: Entry) -> str:
    """Where it leads; nothing where there is no such address yet."""
    try:
        return reverse(entry.name, args=[entry.slug] if entry.slug else None)
    except NoReverseMatch:
        return ""


def _is_here(entry: Entry, request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.url_name not in (entry.name, *entry.behind):
        return False
    return not entry.slug or entry.slug in (*match.args, *match.kwargs.values())
