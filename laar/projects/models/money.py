"""Tables of the money of a project: what was agreed, paid, spent, paid back, and what the treasury paid."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record, User
from laar.events.models import Decision
from laar.kit.money import Money
from laar.kit.names import Name, in_khmer
from laar.ledger.models import Account, Commitment, Entry, Fund
from laar.projects.models.project import Project
from laar.projects.rules import REFUND, ROUTES, TRANCHE, TREASURY_PAYMENT, VOID_VOUCHERS, VOUCHER
from laar.registers.models import Party, choices


class Agreement(Record):
    """What was agreed and signed: the amount, how the money goes, and where it stands in the books."""

    PLACE: ClassVar[str | None] = "project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    project = models.OneToOneField(Project, models.PROTECT, related_name="agreement", verbose_name=_("project"))
    number = models.CharField(_("number"), max_length=40)
    signed_on = models.DateField(_("signed on"))
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    route = models.CharField(
        _("how the money goes"), max_length=10, choices=choices({code: route.name for code, route in ROUTES.items()})
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", verbose_name=_("fund"))
    bank = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("paid from the account"))
    advances = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("advanced on the account"))
    expense = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("spent on the account"))
    #: What of the fund is promised by it, and on which budget line. Empty: signed before commitments were kept.
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("commitment")
    )

    class Meta:
        verbose_name = _("agreement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="agreement_number_once"),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="agreement_is_over_something"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What was agreed."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        return Name(en=f"Agreement {self.number}", km=f"កិច្ចព្រមព្រៀងលេខ {self.number}")


class Share(Record):
    """The commune's part of a project: what its council decided to pay from the commune/sangkat fund, and where that
    is copied to in the council's memorandum book.
    """

    PLACE: ClassVar[str | None] = "agreement__project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    NAMED_BY: ClassVar[tuple[str, ...]] = ("agreement__project",)

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="share", verbose_name=_("agreement"))
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("council's decision"))
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", verbose_name=_("fund"))
    paid_from = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("paid from the account"))
    expense = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("spent on the account"))

    class Meta:
        verbose_name = _("part of the commune")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(units__gt=0), name="share_is_over_something")
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What the council decided to pay."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        title = self.agreement.project.name
        return Name(en=f"The commune's part of {title.en}", km=f"ចំណែករបស់ឃុំក្នុង {title.km or title.en}")


class Tranche(Record):
    """A part of the grant: requested, approved by somebody else, paid by a third step, accounted for by vouchers."""

    PLACE: ClassVar[str | None] = "agreement__project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: What somebody wrote, who may have written of a person.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason_en", "reason_km"})
    #: Whose name is part of its own, further than one step away.
    NAMED_BY: ClassVar[tuple[str, ...]] = ("agreement__project",)

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="tranches", verbose_name=_("agreement"))
    number = models.PositiveSmallIntegerField(_("number"))
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    state = models.CharField(_("state"), max_length=15, choices=TRANCHE.choices(), default=TRANCHE.initial)
    #: Whom the organisation pays, where it does not pay the council.
    payee = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("paid to"))
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("requested by")
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("approved by")
    )
    paid_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("paid by")
    )
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    #: Why it was last held back.
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True, default="", db_default="")
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True, default="", db_default="")
    #: The entry of the books that paid it: a tranche is paid by exactly one.
    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("entry in the books")
    )
    #: Whether it was a cost when it was paid, as its fund's contract said on that day; else it was an advance.
    is_cost = models.BooleanField(_("a cost when paid"), default=False, db_default=False)

    class Meta:
        verbose_name = _("tranche")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "number"], name="tranche_number_once"),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="tranche_is_over_something"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["paid", "acknowledged", "liquidated"])
                | models.Q(entry__isnull=False, paid_on__isnull=False),
                name="a_paid_tranche_has_its_entry",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What is to be paid."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        title = self.agreement.project.name
        return Name(
            en=f"Tranche {self.number}, {title.en}", km=f"ដំណាក់កាលទី{in_khmer(self.number)} {title.km or title.en}"
        )


class Voucher(Record):
    """What was spent of a tranche, with its paper. Accepted, it is posted to the books."""

    PLACE: ClassVar[str | None] = "tranche__agreement__project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: Who was paid, and what somebody typed about it.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"payee", "text_en", "text_km", "reason_en", "reason_km"})

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="vouchers", verbose_name=_("tranche"))
    number = models.CharField(_("number"), max_length=40)
    #: The same as it is compared (`number_key`): one voucher is brought in once, however its number was typed.
    number_key = models.CharField(_("number, as it is compared"), max_length=120, default="", db_default="")
    dated = models.DateField(_("date"))
    payee = models.CharField(_("paid to"), max_length=200)
    text_en = models.CharField(_("for what, in English"), max_length=300)
    text_km = models.CharField(_("for what, in Khmer"), max_length=300, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    state = models.CharField(_("state"), max_length=10, choices=VOUCHER.choices(), default=VOUCHER.initial)
    brought_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("brought in by"))
    reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=300, blank=True)
    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("entry in the books")
    )
    #: Whether it only accounts for a tranche that was a cost when it was paid: then it is not posted again.
    only_accounts = models.BooleanField(_("accounts for a cost"), default=False, db_default=False)

    class Meta:
        verbose_name = _("voucher")
        indexes: ClassVar = [models.Index(fields=["programme", "dated", "id"], name="voucher_by_day")]
        constraints: ClassVar = [
            # What was refused or taken back is mended and comes again under its number.
            models.UniqueConstraint(
                fields=["programme", "number_key"],
                condition=~models.Q(state__in=VOID_VOUCHERS),
                name="voucher_number_once",
            ),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="voucher_is_over_something"),
            models.CheckConstraint(
                condition=~models.Q(state="accepted")
                | models.Q(entry__isnull=False, only_accounts=False)
                | models.Q(entry__isnull=True, only_accounts=True),
                name="an_accepted_voucher_is_posted",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What was spent."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        return Name(
            en=f"Voucher {self.number}: {self.text_en}", km=f"ប័ណ្ណចំណាយ {self.number}៖ {self.text_km or self.text_en}"
        )

    @property
    def public_name(self) -> Name:
        """What it is called where its text is not shown."""
        return Name(en=f"Voucher {self.number}", km=f"ប័ណ្ណចំណាយ {self.number}")


class Refund(Record):
    """What came back of a tranche, with its receipt. Posted against the advance."""

    PLACE: ClassVar[str | None] = "tranche__agreement__project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    NAMED_BY: ClassVar[tuple[str, ...]] = ("tranche__agreement__project",)
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason_en", "reason_km"})

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="refunds", verbose_name=_("tranche"))
    on = models.DateField(_("date"))
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+", verbose_name=_("entry in the books"))
    state = models.CharField(
        _("state"), max_length=10, choices=REFUND.choices(), default=REFUND.initial, db_default=REFUND.initial
    )
    #: Why it was taken back.
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True, default="", db_default="")
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("refund")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(units__gt=0), name="refund_is_over_something")
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What came back."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        tranche = self.tranche.name
        return Name(en=f"Refund of {tranche.en}", km=f"ប្រាក់បង្វិលនៃ{tranche.km}")


class TreasuryPayment(Record):
    """A payment of the provincial treasury from the commune/sangkat fund, copied from its papers.

    What proves it (domain of the commune's finance, Sub-decree 26 of 2002): the council's decision, the line of the
    budget, the contract, the payment order and the treasury's slip. It is posted to the council's memorandum book.
    """

    PLACE: ClassVar[str | None] = "share__agreement__project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    NAMED_BY: ClassVar[tuple[str, ...]] = ("share__agreement__project",)
    #: Who was paid.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"payee", "reason_en", "reason_km"})

    share = models.ForeignKey(Share, models.PROTECT, related_name="payments", verbose_name=_("part of the commune"))
    on = models.DateField(_("paid by the treasury on"))
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("council's decision"))
    budget_line = models.CharField(_("line of the commune's budget"), max_length=60)
    contract = models.CharField(_("contract"), max_length=60)
    order = models.CharField(_("payment order"), max_length=60)
    slip = models.CharField(_("slip of the treasury"), max_length=60)
    payee = models.CharField(_("paid to"), max_length=200)
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+", verbose_name=_("entry in the books"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=TREASURY_PAYMENT.choices(),
        default=TREASURY_PAYMENT.initial,
        db_default=TREASURY_PAYMENT.initial,
    )
    #: Why it was taken back.
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True, default="", db_default="")
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("payment of the treasury")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["share", "order"],
                condition=~models.Q(state="reversed"),
                name="payment_order_copied_once",
                violation_error_code="treasury.number_taken",
            ),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="treasury_payment_is_over_something"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What was paid, in the currency of the payment order."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        title = self.share.agreement.project.name
        return Name(
            en=f"Payment order {self.order}, {title.en}", km=f"អាណត្តិបើកប្រាក់ {self.order} {title.km or title.en}"
        )
