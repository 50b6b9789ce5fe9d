"""Months and years that are closed, and what was found when they were."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record, User
from laar.kit.names import Name
from laar.ledger.models.books import Book
from laar.ledger.rules import CLOSING, CLOSINGS
from laar.registers.models import choices


class Closing(Record):
    """A month or a year of a book that was closed, with the checklist as it stood; reopened with a reason."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="closings", verbose_name=_("book"))
    kind = models.CharField(_("kind"), max_length=10, choices=choices(CLOSINGS))
    since = models.DateField(_("from"))
    until = models.DateField(_("up to, not including"))
    state = models.CharField(_("state"), max_length=10, choices=CLOSING.choices(), default=CLOSING.initial)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("closed by"))
    #: What the checklist said, point by point: `{"bank": {"is_met": true}, "cash": {"is_met": false, "why": "…"}}`.
    found = models.JSONField(_("checklist"), default=dict)
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("closing")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["book", "kind", "since"], condition=models.Q(state="closed"), name="closed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def reason(self) -> Name:
        """Why it was opened again."""
        return Name(en=self.reason_en, km=self.reason_km)

    @property
    def name(self) -> Name:
        book, kind = self.book.name, CLOSINGS[self.kind]
        when = f"{self.since:%Y-%m}" if self.kind == "month" else f"{self.since:%Y}"
        return Name(en=f"{kind.en} {when}, {book.en}", km=f"{kind.km} {when} {book.km}")
