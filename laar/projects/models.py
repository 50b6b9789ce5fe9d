"""Tables of grants to communes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record, User
from laar.kit.money import Money
from laar.kit.names import Name, in_khmer
from laar.ledger.models import Account, Entry, Fund, Purpose
from laar.plans.models import Line, Plan
from laar.projects.rules import OA, PROJECT_KINDS, ROUTES, THEMES, TRANCHE, VOUCHER
from laar.registers.models import Party, Place, choices


class Project(Record):
    """A grant to a commune on its path: for an outreach plan, or for a social development project of a plan's line."""

    PLACE: ClassVar[str | None] = "place__code"

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=choices(PROJECT_KINDS))
    code = models.CharField(_("code"), max_length=20)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    council = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("council"))
    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="+", related_query_name="project", verbose_name=_("plan")
    )
    #: The one line of a plan that a social development project carries out; an outreach grant is for the whole plan.
    line = models.ForeignKey(
        Line, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("line of the plan")
    )
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+", verbose_name=_("purpose in the books"))
    theme = models.CharField(_("theme"), max_length=30, choices=choices(THEMES), blank=True)
    title_en = models.CharField(_("title in English"), max_length=300)
    title_km = models.CharField(_("title in Khmer"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=OA.choices(), default=OA.initial)
    checked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("checked by")
    )

    class Meta:
        verbose_name = _("project")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(kind="oa") & ~models.Q(state="rejected"),
                name="one_grant_for_a_plan",
                violation_error_code="project.plan_has_a_grant",
            ),
            models.UniqueConstraint(fields=["programme", "code"], name="project_code_once"),
            models.CheckConstraint(
                condition=models.Q(kind="oa", line=None) | models.Q(kind="sdp", line__isnull=False),
                name="an_sdp_carries_out_a_line",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(en=self.title_en, km=self.title_km)


class Agreement(Record):
    """What was agreed and signed: the amount, how the money goes, and where it stands in the books."""

    PLACE: ClassVar[str | None] = "project__place__code"

    project = models.OneToOneField(Project, models.PROTECT, related_name="agreement", verbose_name=_("project"))
    number = models.CharField(_("number"), max_length=40)
    signed_on = models.DateField(_("signed on"))
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    route = models.CharField(_("how the money goes"), max_length=10, choices=choices(ROUTES))
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", verbose_name=_("fund"))
    bank = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("paid from the account"))
    advances = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("advanced on the account"))
    expense = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("spent on the account"))

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


class Tranche(Record):
    """A part of the grant: requested, approved by somebody else, paid by a third step, accounted for by vouchers."""

    PLACE: ClassVar[str | None] = "agreement__project__place__code"
    #: Whose name is part of its own, further than one step away.
    NAMED_BY: ClassVar[tuple[str, ...]] = ("agreement__project",)

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="tranches", verbose_name=_("agreement"))
    number = models.PositiveSmallIntegerField(_("number"))
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    state = models.CharField(_("state"), max_length=15, choices=TRANCHE.choices(), default=TRANCHE.initial)
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
    #: The entry of the books that paid it: a tranche is paid by exactly one.
    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("entry in the books")
    )

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

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="vouchers", verbose_name=_("tranche"))
    number = models.CharField(_("number"), max_length=40)
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

    class Meta:
        verbose_name = _("voucher")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="voucher_number_once"),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="voucher_is_over_something"),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(entry__isnull=False),
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


class Completion(Record):
    """One page at the end: what was done, for how many people, seen by whom."""

    PLACE: ClassVar[str | None] = "project__place__code"

    project = models.OneToOneField(Project, models.PROTECT, related_name="completion", verbose_name=_("project"))
    on = models.DateField(_("date"))
    people = models.PositiveIntegerField(_("people reached"))
    women = models.PositiveIntegerField(_("of them women"))
    text_en = models.TextField(_("report in English"))
    text_km = models.TextField(_("report in Khmer"), blank=True)

    class Meta:
        verbose_name = _("completion")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(women__lte=models.F("people")), name="women_are_among_the_people")
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        title = self.project.name
        return Name(en=f"Completion of {title.en}", km=f"ការបញ្ចប់ {title.km or title.en}")
