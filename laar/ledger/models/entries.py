"""Entries and their postings: insert-only; the database refuses what does not balance."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record
from laar.kit.money import Money
from laar.kit.names import Name, in_khmer
from laar.ledger.models.books import Account, Book, Fund, Purpose
from laar.ledger.models.budgets import BudgetLine, Heading
from laar.ledger.models.rates import Rate
from laar.ledger.rules import DOCUMENTS, number_of
from laar.registers.models import Place, choices


class Entry(Record):
    """One event in a book, on a day, with its postings. Written after them: the database sums them first."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: Somebody typed it, and may have typed who was paid.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text_en", "text_km"})

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    book = models.ForeignKey(Book, models.PROTECT, related_name="entries", verbose_name=_("book"))
    number = models.PositiveIntegerField(_("number"))
    #: What kind of document it is, and its number in the series of the programme and the year: `PV-2008-0012`.
    kind = models.CharField(
        _("document"),
        max_length=12,
        choices=choices({kind: one.name for kind, one in DOCUMENTS.items()}),
        blank=True,
        default="",
        db_default="",
    )
    year = models.PositiveSmallIntegerField(_("year of the series"), null=True, blank=True)
    serial = models.PositiveIntegerField(_("number in the series"), null=True, blank=True)
    #: The day on which it was written down, which may be long after the day that it is about.
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True)
    on = models.DateField(_("date"))
    text_en = models.CharField(_("text in English"), max_length=300)
    text_km = models.CharField(_("text in Khmer"), max_length=300, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, related_name="reversal", null=True, blank=True, verbose_name=_("reverses")
    )

    class Meta:
        verbose_name = _("entry")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "book", "number"], name="entry_number_once"),
            models.UniqueConstraint(fields=["programme", "kind", "year", "serial"], name="entry_serial_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "book", "on"], name="entry_by_day"),
            models.Index(fields=["programme", "on", "id"], name="entry_of_all_books_by_day"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(
            en=f"Entry {self.number}: {self.text_en}",
            km=f"ការចុះបញ្ជីទី{in_khmer(self.number)}៖ {self.text_km or self.text_en}",
        )

    @property
    def document(self) -> str:
        """Its number as it is printed: `PV-2008-0012`; empty for a copy and for what was posted before numbering."""
        return number_of(self.kind, self.year, self.serial)

    @property
    def public_name(self) -> Name:
        """What it is called where its text is not shown."""
        return Name(en=f"Entry {self.number}", km=f"ការចុះបញ្ជីទី{in_khmer(self.number)}")


class Posting(Record):
    """One line of an entry: an account is debited (positive) or credited (negative) with one fund's money."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    # Of a million postings each index is written with every line: where one below begins with the column, none is its own.
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings", db_index=False, verbose_name=_("entry"))
    position = models.PositiveSmallIntegerField(_("line"))
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="postings", db_index=False, verbose_name=_("account")
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="postings", verbose_name=_("fund"))
    purpose = models.ForeignKey(
        Purpose, models.PROTECT, related_name="postings", null=True, blank=True, verbose_name=_("purpose")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="+", null=True, blank=True, db_index=False, verbose_name=_("place")
    )
    #: The budget line that it is charged to, and that line's heading: a copy, so that totals by heading need no join.
    line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        related_name="postings",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("budget line"),
    )
    heading = models.ForeignKey(
        Heading, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("budget heading")
    )
    on = models.DateField(_("date"))
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    #: The same amount in the currency of the book, and the rate where it was converted.
    in_book = models.BigIntegerField(_("amount in the book's currency, in 1/10 000"))
    rate = models.ForeignKey(Rate, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("rate"))

    class Meta:
        verbose_name = _("posting")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "position"], name="posting_line_once"),
            # Of no coins but of another worth: a currency that is revalued (entry_revalues_or_moves, in the triggers).
            models.CheckConstraint(condition=~models.Q(units=0, in_book=0), name="posting_is_not_zero"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "currency", "on", "units", "in_book"], name="posting_by_account"),
            models.Index(fields=["programme", "fund", "on"], name="posting_by_fund"),
            models.Index(fields=["place", "on"], name="posting_by_place"),
            models.Index(fields=["line", "currency", "on", "units", "in_book"], name="posting_by_line"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """Debit positive, credit negative, in its own currency."""
        return Money(self.units, self.currency)

    @property
    def in_its_book(self) -> Money:
        """The same in the currency of its book."""
        return Money(self.in_book, self.account.book.currency)

    @property
    def name(self) -> Name:
        return Name(en=f"{self.account.name.en}, {self.amount}", km=f"{self.account.name.km}, {self.amount}")
