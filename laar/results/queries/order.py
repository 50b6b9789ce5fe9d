"""Whether the house is in order: the books and their months, the evidence, the newest backup, the newest verify."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.utils import timezone

from laar.base.models import Programme
from laar.base.proofs import Proof, remembered
from laar.kit.figures import Figure, Scope, figure_of, measure
from laar.kit.periods import Period
from laar.ledger.models import AccountMonth, Book, Entry
from laar.ledger.queries import next_month
from laar.results.waits import PROOF_DAYS


@dataclass(frozen=True, slots=True)
class Proven:
    """A proof of the house, or that there was never one; and the command that makes it."""

    kind: str
    proof: Proof | None
    #: Whether it is older than it should be.
    is_old: bool

    @property
    def state(self) -> str:
        """In order, old, or bad."""
        if self.proof is None or not self.proof.is_good:
            return "bad"
        return "now" if self.is_old else "done"


#: A month is closed in the one after it: bank and cash are looked at while somebody remembers them.
TO_CLOSE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """The month of a book that is closed next."""

    book: Book
    month: Period
    #: Whether the month after it is over, too.
    is_late: bool


@dataclass(frozen=True, slots=True)
class Order:
    """How the house stands."""

    #: The day of the last entry in the programme's books; None where nothing was posted.
    booked_to: date | None
    is_balanced: bool
    months: tuple[OpenMonth, ...]
    evidence: Figure
    #: Records that lack a paper: the two figures of the ratio differ.
    is_complete: bool
    proofs: tuple[Proven, ...]


def order_of(programme: Programme, today: date) -> Order:
    """How the books, the evidence and the proofs of the house stand."""
    newest = Entry.objects.filter(programme=programme).order_by("-on").values_list("on", flat=True).first()
    # From the roll-up, which act() keeps exact and verify recounts.
    left = AccountMonth.objects.filter(programme_id=programme.pk).aggregate(sum=Sum("in_book"))["sum"] or 0
    evidence = figure_of("evidence.complete", Scope(programme))
    measure([evidence])
    part, whole = evidence.parts
    months = tuple(_open_months(programme, today)) if newest else ()
    return Order(newest, left == 0, months, evidence, part.value == whole.value, proofs_of_the_house(today))


def _open_months(programme: Programme, today: date) -> Iterator[OpenMonth]:
    """Of our own books; those that copy somebody else's money are not closed by us."""
    for book in Book.objects.filter(programme=programme, is_memorandum=False).order_by("code"):
        month = next_month(book)
        yield OpenMonth(book, month, is_late=month.until is not None and month.until + TO_CLOSE <= today)


def proofs_of_the_house(today: date) -> tuple[Proven, ...]:
    """The newest proof of each kind that is wanted, and whether it is old."""
    known = remembered()
    return tuple(_proven(kind, known.get(kind), today - timedelta(days=days)) for kind, days in PROOF_DAYS.items())


def _proven(kind: str, proof: Proof | None, oldest: date) -> Proven:
    is_old = proof is not None and timezone.localtime(proof.at).date() < oldest
    return Proven(kind, proof, is_old)
