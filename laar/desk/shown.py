"""What the parts of a page take: a path, tabs, a list of work, the way of a request, a converted amount. Screens fill them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from laar.kit.money import Money
from laar.kit.names import Name

#: What a state says to somebody in a hurry; the sign goes with it, and always a word.
Tone = Literal["done", "now", "todo", "bad", "shut"]


#: How far something has come, by the code of its state: one sign on every page. What is not named here has yet to begin.
TONES: dict[str, Tone] = {
    **dict.fromkeys(
        ("held", "done", "acknowledged", "liquidated", "accepted", "settled", "closed", "published", "followed_up",
         "evaluated", "reported_back", "completed", "verified", "posted", "reconciled"), "done"),
    **dict.fromkeys(
        ("agreed", "approved", "budgeted", "considered", "open", "paid", "planned", "prioritised", "reported", "requested",
         "running", "submitted", "checked", "proposed", "received", "referred", "imported", "reopened"), "now"),
    **dict.fromkeys(("returned", "suspended", "withheld", "postponed"), "bad"),
    **dict.fromkeys(
        ("cancelled", "declined", "not_possible", "rejected", "refused", "dropped", "terminated", "wound_up", "withdrawn",
         "carried_over", "void"), "shut"),
}  # fmt: skip


def tone_of(state: str) -> str:
    """The tone of a state; an empty one where it has yet to begin."""
    return TONES.get(state, "todo")


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path to a page; the last one has no address."""

    name: Name
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several views of the same thing."""

    name: Name
    address: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits, or is done: what, why, how it stands."""

    name: Name
    tone: Tone
    stands: Name
    why: Name | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One knot on the string: when, what, a remark; `next` is hollow and waits, `todo` is hollow and far."""

    name: Name
    on: date | None = None
    remark: Name | None = None
    tone: Literal["", "next", "todo"] = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency, with what makes it believable: the rate, its day, its source."""

    amount: Money
    original: Money
    #: How much of the original's currency one of the amount's was, as it is said.
    rate: str
    on: date
    source: Name
