"""Tables of the books. An entry and its postings are insert-only; the database refuses what does not balance."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record
from laar.kit.money import Money
from laar.kit.names import Name, in_khmer
from laar.ledger.rules import ACCOUNT_KINDS, FUND_KINDS, PURPOSE_KINDS, RATE_SCALE
from laar.registers.models import Party, choices


class Coded(Record):
    """What has a code and a name in both languages, once in a programme."""

    code = models.CharField(_("code"), max_length=20)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_km = models.CharField(_("name in Khmer"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.name_en}"

    @property
    def name(self) -> Name:
        return Name(en=self.name_en, km=self.name_km)


class Book(Coded):
    """One body's accounts, in one currency: the NGO's, or the commune's money as it is copied from the treasury."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    owner = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("owner"))
    currency = models.CharField(_("currency"), max_length=3)
    #: Somebody else's money, copied from their papers (the commune's, from the treasury): never part of our cost.
    is_memorandum = models.BooleanField(_("memorandum book"), default=False)

    class Meta:
        verbose_name = _("book")
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="book_code_once")]


class Account(Coded):
    """An account of a book."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    book = models.ForeignKey(Book, models.PROTECT, related_name="accounts", verbose_name=_("book"))
    kind = models.CharField(_("kind"), max_length=10, choices=choices(ACCOUNT_KINDS))

    class Meta:
        verbose_name = _("account")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "book", "code"], name="account_code_once")
        ]


class Fund(Coded):
    """Whose money it is: a donor's grant, the commune/sangkat fund, a contribution in kind."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    kind = models.CharField(_("kind"), max_length=10, choices=choices(FUND_KINDS))
    giver = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("given by"))

    class Meta:
        verbose_name = _("fund")
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="fund_code_once")]


class Purpose(Coded):
    """What money is for. Plans and projects cite a purpose; the books know nothing of them."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    kind = models.CharField(_("kind"), max_length=10, choices=choices(PURPOSE_KINDS))

    class Meta:
        verbose_name = _("purpose")
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="purpose_code_once")]


class Rate(models.Model):
    """How much of `currency` one unit of `base` costs from a day on, and who says so. Shared by all programmes."""

    PLACE: ClassVar[str | None] = None
    IS_SHARED: ClassVar[bool] = True  # a published rate: whoever works here reads it
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    base = models.CharField(_("one unit of"), max_length=3)
    currency = models.CharField(_("costs in"), max_length=3)
    since = models.DateField(_("since"))
    #: In 1/100 000 000.
    rate = models.PositiveBigIntegerField(_("rate, in 1/100 000 000"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("exchange rate")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["base", "currency", "since", "source"], name="rate_once"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"1 {self.base} = {self.rate / RATE_SCALE:,.4f} {self.currency}, {self.since}"

    @property
    def plain(self) -> str:
        """How much `currency` costs, with as many decimals as it was entered with."""
        return f"{Decimal(self.rate) / RATE_SCALE:,f}"

    def per_unit_of(self, currency: str) -> Fraction:
        """How much of the other currency one unit of this one is worth."""
        return self.fraction if currency == self.base else 1 / self.fraction

    @property
    def fraction(self) -> Fraction:
        """`currency` per unit of `base`."""
        return Fraction(self.rate, RATE_SCALE)


class Entry(Record):
    """One event in a book, on a day, with its postings. Written after them: the database sums them first."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: Somebody typed it, and may have typed who was paid.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text_en", "text_km"})

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    book = models.ForeignKey(Book, models.PROTECT, related_name="entries", verbose_name=_("book"))
    number = models.PositiveIntegerField(_("number"))
    on = models.DateField(_("date"))
    text_en = models.CharField(_("text in English"), max_length=300)
    text_km = models.CharField(_("text in Khmer"), max_length=300, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, related_name="reversal", null=True, blank=True, verbose_name=_("reverses")
    )

    class Meta:
        verbose_name = _("entry")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "book", "number"], name="entry_number_once")
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
    def public_name(self) -> Name:
        """What it is called where its text is not shown."""
        return Name(en=f"Entry {self.number}", km=f"ការចុះបញ្ជីទី{in_khmer(self.number)}")


class Posting(Record):
    """One line of an entry: an account is debited (positive) or credited (negative) with one fund's money."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings", verbose_name=_("entry"))
    position = models.PositiveSmallIntegerField(_("line"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="postings", verbose_name=_("account"))
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="postings", verbose_name=_("fund"))
    purpose = models.ForeignKey(
        Purpose, models.PROTECT, related_name="postings", null=True, blank=True, verbose_name=_("purpose")
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
            models.CheckConstraint(condition=~models.Q(units=0), name="posting_is_not_zero"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "currency", "on", "units", "in_book"], name="posting_by_account"),
            models.Index(fields=["programme", "fund", "on"], name="posting_by_fund"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """Debit positive, credit negative, in its own currency."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        return Name(en=f"{self.account.name.en}, {self.amount}", km=f"{self.account.name.km}, {self.amount}")


class MonthBalance(models.Model):
    """A roll-up of the postings: how much moved on an account in a month, by fund, purpose and currency."""

    programme_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    fund_id = models.BigIntegerField()
    #: 0 where a posting names no purpose: a null would never be equal to itself in the unique key.
    purpose_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    #: Year and month, `200803`.
    month = models.PositiveIntegerField()
    units = models.BigIntegerField()
    in_book = models.BigIntegerField()
    postings = models.BigIntegerField()

    class Meta:
        verbose_name = _("balance of a month")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme_id", "account_id", "fund_id", "purpose_id", "currency", "month"],
                name="month_balance_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month} {self.units}"
