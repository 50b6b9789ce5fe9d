"""The books themselves, their accounts, whose money it is, and what it is for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record
from laar.kit.names import Name
from laar.ledger.rules import ACCOUNT_KINDS, ACCOUNT_USES, COST_COMES, FUND_KINDS, PURPOSE_KINDS, RATE_POLICIES
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
    #: With whose rates it is kept, as they are named with the rates; no fund's contract alters it. Empty: the newest of any.
    rate_source = models.CharField(_("kept with the rates of"), max_length=200, blank=True, default="", db_default="")
    #: Somebody else's money, copied from their papers (the commune's, from the treasury): never part of our cost.
    is_memorandum = models.BooleanField(_("memorandum book"), default=False)
    #: The first day that is open for postings: the months before it are closed. Empty: none is closed yet.
    open_from = models.DateField(_("open from"), null=True, blank=True)

    class Meta:
        verbose_name = _("book")
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="book_code_once")]


class Account(Coded):
    """An account of a book."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    book = models.ForeignKey(Book, models.PROTECT, related_name="accounts", verbose_name=_("book"))
    kind = models.CharField(_("kind"), max_length=10, choices=choices(ACCOUNT_KINDS))
    #: What is special about it: a bank account has statements, a cash box is counted, an advance is settled.
    use = models.CharField(
        _("use"), max_length=10, choices=choices(ACCOUNT_USES), blank=True, default="", db_default=""
    )
    #: The only currency in which it is kept, where there is one: a bank account, a cash box.
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="", db_default="")
    #: Who keeps the cash box, or which bank.
    holder = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("kept by")
    )

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
    #: In what the giver wants its reports. Empty: in the programme's currency.
    currency = models.CharField(_("currency of its reports"), max_length=3, blank=True, default="", db_default="")
    #: How its reports convert; the books are never altered by it.
    rate_policy = models.CharField(
        _("rate of its reports"),
        max_length=12,
        choices=choices(RATE_POLICIES),
        default="transaction",
        db_default="transaction",
    )
    #: Whose rates count for it, as they are named with the rates. Empty: any.
    rate_source = models.CharField(_("whose rates"), max_length=200, blank=True, default="", db_default="")
    #: When an advance to a commune becomes a cost of this fund.
    cost_on = models.CharField(
        _("an advance becomes a cost"),
        max_length=12,
        choices=choices(COST_COMES),
        default="liquidation",
        db_default="liquidation",
    )
    #: What the donor pays of the eligible cost, in 1/100 %: its own co-financing rate, which is not the commune's part.
    donor_share = models.PositiveIntegerField(_("donor's share of the cost, in 1/100 %"), null=True, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

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
