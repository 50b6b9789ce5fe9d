"""Documents that people know, before and while they are posted: prepared by one, approved by another, paid by a third."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record, User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models.books import Account, Book, Fund, Purpose
from laar.ledger.models.budgets import BudgetLine
from laar.ledger.models.entries import Entry
from laar.ledger.rules import DOCUMENT, DOCUMENTS, number_of
from laar.registers.models import Party, Place, choices

KINDS = choices({kind: one.name for kind, one in DOCUMENTS.items()})


class Series(models.Model):
    """The last number of a kind of document in a programme and year: held while one is taken, so no gaps, no twins."""

    programme_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    year = models.PositiveIntegerField()
    last = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("series of documents")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme_id", "kind", "year"], name="series_once"),
        ]

    def __str__(self) -> str:
        return number_of(self.kind, self.year, self.last)


class Document(Record):
    """A document of the books. A void one keeps its number: whoever counts them finds it, with the reason."""

    #: Who is paid, and what somebody typed about it.
    PERSONAL: ClassVar[frozenset[str]] = frozenset(
        {"payee_text", "text_en", "text_km", "reason_en", "reason_km", "why_en", "why_km"}
    )
    #: A donor reads what was paid and for what, not to whom.
    NAMES_PERSONS: ClassVar[frozenset[str]] = frozenset({"payee_text", "payee"})

    book = models.ForeignKey(Book, models.PROTECT, related_name="documents", verbose_name=_("book"))
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS)
    year = models.PositiveSmallIntegerField(_("year of the series"))
    serial = models.PositiveIntegerField(_("number in the series"))
    on = models.DateField(_("date"))
    #: Whom it is paid to or received from: a party of the registers, or a name as it stands on the receipt.
    payee = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("paid to or received from")
    )
    payee_text = models.CharField(_("name on the receipt"), max_length=200, blank=True)
    text_en = models.CharField(_("for what, in English"), max_length=300)
    text_km = models.CharField(_("for what, in Khmer"), max_length=300, blank=True)
    #: Until when an advance is to be accounted for.
    due_on = models.DateField(_("due on"), null=True, blank=True)
    #: The advance that a liquidation or a repayment accounts for.
    settles = models.ForeignKey(
        "self", models.PROTECT, related_name="settled_by", null=True, blank=True, verbose_name=_("accounts for")
    )
    #: The posted document that a reversal undoes.
    reverses = models.ForeignKey(
        "self", models.PROTECT, related_name="reversed_by", null=True, blank=True, verbose_name=_("reverses")
    )
    #: By what something in kind was valued.
    basis = models.CharField(_("basis of the valuation"), max_length=300, blank=True, default="", db_default="")
    state = models.CharField(_("state"), max_length=10, choices=DOCUMENT.choices(), default=DOCUMENT.initial)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("prepared by"))
    approved_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("approved by")
    )
    paid_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("paid or posted by")
    )
    #: Why it is void.
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True)
    #: Why a bill or a list of another document stands beside this one, too.
    why_en = models.CharField(
        _("why the same paper, in English"), max_length=300, blank=True, default="", db_default=""
    )
    why_km = models.CharField(_("why the same paper, in Khmer"), max_length=300, blank=True, default="", db_default="")
    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="prepared", null=True, blank=True, verbose_name=_("entry in the books")
    )

    class Meta:
        verbose_name = _("document")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "kind", "year", "serial"], name="document_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state="posted") | models.Q(entry__isnull=False),
                name="a_posted_document_has_its_entry",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "state", "on", "id"], name="documents_by_state")]

    def __str__(self) -> str:
        return self.name.en

    @property
    def number(self) -> str:
        """As it is printed: `PV-2008-0012`."""
        return number_of(self.kind, self.year, self.serial)

    @property
    def why(self) -> Name:
        """Why a bill or a list of another document stands beside this one, too."""
        return Name(en=self.why_en, km=self.why_km)

    @property
    def name(self) -> Name:
        return Name(en=f"{self.number}: {self.text_en}", km=f"{self.number}៖ {self.text_km or self.text_en}")

    @property
    def public_name(self) -> Name:
        """What it is called where its text is not shown."""
        return Name(en=self.number, km=self.number)


class DocumentLine(Record):
    """What a document will post: an account is debited (positive) or credited (negative)."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="lines", verbose_name=_("document"))
    position = models.PositiveSmallIntegerField(_("line"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("account"))
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", verbose_name=_("fund"))
    purpose = models.ForeignKey(
        Purpose, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("purpose")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("place"))
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("budget line")
    )
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    #: The amount in the book's currency where it was agreed (a bought currency); else it is converted on the day.
    in_book = models.BigIntegerField(_("amount in the book's currency, in 1/10 000"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a document")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "position"], name="document_line_once"),
            models.CheckConstraint(condition=~models.Q(units=0), name="document_line_is_not_zero"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """Debit positive, credit negative."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        return Name(en=f"{self.account.name.en}, {self.amount}", km=f"{self.account.name.km}, {self.amount}")
