"""What the people of a commune bring to a project themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record, User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models import Entry
from laar.projects.models.project import Project
from laar.projects.rules import CONTRIBUTION, CONTRIBUTION_KINDS
from laar.registers.models import Party, choices


class Contribution(Record):
    """Money, work or materials of the community for a project: promised, then received, in one part or several."""

    PLACE: ClassVar[str | None] = "project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: What somebody wrote, who may have written of a person.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text_en", "text_km", "basis", "reason_en", "reason_km"})
    NAMED_BY: ClassVar[tuple[str, ...]] = ("project",)

    project = models.ForeignKey(Project, models.PROTECT, related_name="contributions", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=10, choices=choices(CONTRIBUTION_KINDS))
    #: Who collects or organises it: the committee, a group, the council. Never a single person.
    giver = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("given through"))
    text_en = models.CharField(_("what, in English"), max_length=300)
    text_km = models.CharField(_("what, in Khmer"), max_length=300, blank=True)
    #: Of what is given in kind: thirty days of work, twelve cubic metres of sand.
    quantity = models.PositiveIntegerField(_("quantity"), null=True, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=60, blank=True)
    unit_km = models.CharField(_("unit in Khmer"), max_length=60, blank=True)
    #: By what it is valued: a price list, a quotation, a usual wage.
    basis = models.CharField(_("basis of the valuation"), max_length=300, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    promised_units = models.BigIntegerField(_("promised, in 1/10 000"))
    #: Of all its deliveries together, kept with each of them.
    units = models.BigIntegerField(_("received, in 1/10 000"), default=0)
    #: What was received, in the currency of the programme at the rates of its days, in 1/10 000.
    worth = models.BigIntegerField(_("worth to the programme, in 1/10 000"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=CONTRIBUTION.choices(), default=CONTRIBUTION.initial)
    promised_on = models.DateField(_("promised on"))
    promised_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("promise recorded by"))
    #: When the last of it came.
    received_on = models.DateField(_("received on"), null=True, blank=True)
    reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("contribution of the community")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(promised_units__gt=0), name="contribution_is_over_something"),
            models.CheckConstraint(
                condition=models.Q(kind="cash", quantity=None) | models.Q(kind="in_kind", quantity__gt=0),
                name="in_kind_is_counted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="received") | models.Q(units__gt=0, worth__gt=0, received_on__isnull=False),
                name="received_is_worth_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def promised(self) -> Money:
        """What was promised."""
        return Money(self.promised_units, self.currency)

    @property
    def amount(self) -> Money:
        """What was received; before that, what was promised."""
        return Money(self.units or self.promised_units, self.currency)

    @property
    def name(self) -> Name:
        title = self.project.name
        return Name(
            en=f"Contribution to {title.en}: {self.text_en}",
            km=f"វិភាគទានសម្រាប់ {title.km or title.en}៖ {self.text_km or self.text_en}",
        )

    @property
    def public_name(self) -> Name:
        """What it is called where its text is not shown."""
        title = self.project.name
        return Name(en=f"Contribution to {title.en}", km=f"វិភាគទានសម្រាប់ {title.km or title.en}")


class Delivery(Record):
    """What came of a contribution on one day: the money that was collected, or the quantity that somebody counted."""

    PLACE: ClassVar[str | None] = "contribution__project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"counted_by"})
    NAMED_BY: ClassVar[tuple[str, ...]] = ("contribution__project",)

    contribution = models.ForeignKey(
        Contribution, models.PROTECT, related_name="deliveries", verbose_name=_("contribution of the community")
    )
    on = models.DateField(_("received on"))
    #: What was counted of what is given in kind, in the unit of the promise.
    quantity = models.PositiveIntegerField(_("quantity counted"), null=True, blank=True)
    #: Who was there and counted: rarely who writes it down.
    counted_by = models.CharField(_("counted by"), max_length=200, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("received, in 1/10 000"))
    worth = models.BigIntegerField(_("worth to the programme, in 1/10 000"))
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written down by"))
    #: The entry of our books, where it passed through them.
    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("entry in the books")
    )

    class Meta:
        verbose_name = _("delivery of a contribution")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(units__gt=0, worth__gt=0), name="delivery_is_worth_something"),
            models.CheckConstraint(
                condition=models.Q(quantity=None) | models.Q(quantity__gt=0) & ~models.Q(counted_by=""),
                name="a_quantity_is_counted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What came, in the currency of the promise."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        of = self.contribution.name
        return Name(en=f"{of.en}, {self.on}", km=f"{of.km} {self.on}")

    @property
    def public_name(self) -> Name:
        """What it is called where the text of the contribution is not shown."""
        of = self.contribution.public_name
        return Name(en=f"{of.en}, {self.on}", km=f"{of.km} {self.on}")
