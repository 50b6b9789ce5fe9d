"""Cash that is counted, and bank statements that are matched with the books."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record, User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models.books import Account
from laar.ledger.models.entries import Entry, Posting
from laar.ledger.rules import FILE_KINDS, STATEMENT
from laar.registers.models import choices


class CashCount(Record):
    """What was in a cash box at the end of a day, note by note, beside what the books say."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="counts", verbose_name=_("cash box"))
    on = models.DateField(_("counted on"))
    #: Pieces by note or coin: `{"50000": 3, "100": 12}`.
    pieces = models.JSONField(_("notes and coins"), default=dict)
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("counted, in 1/10 000"))
    booked = models.BigIntegerField(_("in the books, in 1/10 000"))
    #: Who counted with the cashier.
    witness = models.CharField(_("witness"), max_length=200)
    counted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("counted by"))
    reason_en = models.CharField(_("reason for a difference, in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("reason for a difference, in Khmer"), max_length=500, blank=True)

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"witness", "reason_en", "reason_km"})

    class Meta:
        verbose_name = _("cash count")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(units__gte=0), name="counted_cash_is_not_negative"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "on"], name="cash_count_by_day")]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What was counted."""
        return Money(self.units, self.currency)

    @property
    def difference(self) -> Money:
        """Counted less booked: negative where something is missing."""
        return Money(self.units - self.booked, self.currency)

    @property
    def name(self) -> Name:
        account = self.account.name
        return Name(en=f"Count of {account.en}, {self.on}", km=f"ការរាប់សាច់ប្រាក់ {account.km} {self.on}")


class ColumnMapping(Record):
    """Which column of a bank's or another program's file is what, kept for the next file."""

    kind = models.CharField(_("kind of file"), max_length=10, choices=choices(FILE_KINDS))
    label = models.CharField(_("label"), max_length=80)
    #: Meaning to heading: `{"on": "Value date", "text": "Description", "out": "Debit", "in": "Credit"}`.
    columns = models.JSONField(_("columns"), default=dict)
    #: How days and amounts are written: `{"date": "%d/%m/%Y", "decimal": ","}`.
    written = models.JSONField(_("how days and amounts are written"), default=dict)

    class Meta:
        verbose_name = _("mapping of columns")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "kind", "label"], name="mapping_label_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> Name:
        return Name(en=self.label, km=self.label)


class BankStatement(Record):
    """A statement of a bank over some days, from its file."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="statements", verbose_name=_("bank account"))
    since = models.DateField(_("from"))
    until = models.DateField(_("up to"))
    currency = models.CharField(_("currency"), max_length=3)
    opening = models.BigIntegerField(_("opening balance, in 1/10 000"))
    closing = models.BigIntegerField(_("closing balance, in 1/10 000"))
    state = models.CharField(_("state"), max_length=12, choices=STATEMENT.choices(), default=STATEMENT.initial)
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("imported by"))
    signed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("signed off by")
    )

    class Meta:
        verbose_name = _("bank statement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "since"], name="statement_once"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def opening_amount(self) -> Money:
        """What the bank held at its beginning."""
        return Money(self.opening, self.currency)

    @property
    def closing_amount(self) -> Money:
        """What the bank held at its end."""
        return Money(self.closing, self.currency)

    @property
    def name(self) -> Name:
        account = self.account.name
        return Name(en=f"Statement of {account.en}, {self.since}", km=f"របាយការណ៍ធនាគារ {account.km} {self.since}")


class StatementLine(Record):
    """A line of a bank statement: what came in is positive, what went out negative."""

    #: The bank's text often names who paid.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text", "reference", "reason_en", "reason_km"})

    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="lines", verbose_name=_("bank statement"))
    position = models.PositiveIntegerField(_("line"))
    on = models.DateField(_("date"))
    text = models.CharField(_("text"), max_length=300, blank=True)
    reference = models.CharField(_("reference"), max_length=100, blank=True)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    #: Why nothing in the books stands for it: a mistake of the bank that it puts right later.
    reason_en = models.CharField(_("explanation in English"), max_length=500, blank=True, default="", db_default="")
    reason_km = models.CharField(_("explanation in Khmer"), max_length=500, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("line of a bank statement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "position"], name="statement_line_once"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def reason(self) -> Name:
        """Why nothing in the books stands for it."""
        return Name(en=self.reason_en, km=self.reason_km)

    @property
    def amount(self) -> Money:
        """What came in; negative where it went out."""
        return Money(self.units, self.statement.currency)

    @property
    def name(self) -> Name:
        return Name(en=f"{self.on}, {self.amount}", km=f"{self.on}, {self.amount}")


class Match(Record):
    """That a line of the bank and a posting of the books are the same money."""

    line = models.ForeignKey(StatementLine, models.PROTECT, related_name="matches", verbose_name=_("line"))
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="matches", verbose_name=_("posting"))
    matched_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("matched by"))
    is_undone = models.BooleanField(_("taken back"), default=False)

    class Meta:
        verbose_name = _("match")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["posting"], condition=models.Q(is_undone=False), name="a_posting_is_matched_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        line, posting = self.line.name, self.posting.name
        return Name(en=f"{line.en} = {posting.en}", km=f"{line.km} = {posting.km}")


class Difference(Record):
    """An entry that books what a count or a bank statement showed: a difference of cash, a charge of the bank."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+", verbose_name=_("entry in the books"))
    #: What was booked and reversed is booked anew: of several the one stands whose entry nobody undid.
    count = models.ForeignKey(
        CashCount, models.PROTECT, related_name="booked_as", null=True, blank=True, verbose_name=_("cash count")
    )
    line = models.ForeignKey(
        StatementLine, models.PROTECT, related_name="booked_as", null=True, blank=True, verbose_name=_("line")
    )

    class Meta:
        verbose_name = _("booked difference")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(count__isnull=True) ^ models.Q(line__isnull=True),
                name="a_difference_comes_from_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return self.entry.name
