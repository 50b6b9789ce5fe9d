"""What money is planned for, line by line; what was promised of it; and up to what something may go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record, User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models.books import Coded, Fund, Purpose
from laar.ledger.rules import BUDGET_CHANGES, COMMITMENT_MOVES, HEADING_ROLES, LIMITS
from laar.registers.models import Party, Place, choices


class Heading(Coded):
    """A heading of a donor's or a council's budget form, loaded from a data file: `1.1 Salaries` below `1 Human resources`."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    #: Which form it belongs to: `eu`, `small-grant`, `commune`.
    chart = models.CharField(_("budget form"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"))
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True, verbose_name=_("part of")
    )
    #: What the form computes in this row, where it is not the sum of its lines.
    role = models.CharField(
        _("what it is in the form"),
        max_length=12,
        choices=choices(HEADING_ROLES),
        blank=True,
        default="",
        db_default="",
    )
    #: What it may come to at most, in 1/100 % of the direct cost: 700 for indirect cost, 500 for a contingency reserve.
    most = models.PositiveIntegerField(_("at most, in 1/100 % of the direct cost"), null=True, blank=True)

    class Meta:
        verbose_name = _("budget heading")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "chart", "code"], name="heading_code_once")
        ]


class Budget(Coded):
    """The budget of a fund, in the currency of its contract, by the headings of a form."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="budgets", verbose_name=_("fund"))
    chart = models.CharField(_("budget form"), max_length=20)
    currency = models.CharField(_("currency"), max_length=3)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("budget")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "code"], name="budget_code_once"),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="budget_has_days"),
        ]

    @property
    def last(self) -> date:
        """Its last day, as people say it."""
        return self.until - timedelta(days=1)


class BudgetLine(Record):
    """A line of a budget: a heading, a year, perhaps a place. What it amounts to is the sum of its moves."""

    PLACE: ClassVar[str | None] = "place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines", verbose_name=_("budget"))
    code = models.CharField(_("code"), max_length=30)
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="lines", verbose_name=_("heading"))
    #: Empty: for the whole time of the budget.
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("place"))
    name_en = models.CharField(_("name in English"), max_length=200)
    name_km = models.CharField(_("name in Khmer"), max_length=200, blank=True)
    #: How the form reckons it: 28 months at 450.00. Quantity in 1/100.
    unit_en = models.CharField(_("unit in English"), max_length=60, blank=True)
    unit_km = models.CharField(_("unit in Khmer"), max_length=60, blank=True)
    quantity = models.PositiveBigIntegerField(_("number of units, in 1/100"), null=True, blank=True)
    unit_cost = models.BigIntegerField(_("unit value, in 1/10 000"), null=True, blank=True)

    class Meta:
        verbose_name = _("budget line")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "code"], name="budget_line_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_en}"

    @property
    def name(self) -> Name:
        return Name(en=f"{self.code} {self.name_en}", km=f"{self.code} {self.name_km or self.name_en}")


class BudgetChange(Record):
    """The original budget, an amendment by an addendum, or a reallocation between lines within the ceiling."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="changes", verbose_name=_("budget"))
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=choices(BUDGET_CHANGES))
    on = models.DateField(_("date"))
    #: The number of the addendum that allows it, where it needs one.
    addendum = models.CharField(_("addendum"), max_length=60, blank=True)
    #: Where the addendum extends the budget: the day after its last as it was, and as it is since.
    until_before = models.DateField(_("until, before"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("change of a budget")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "number"], name="budget_change_once"),
            models.UniqueConstraint(
                fields=["budget"], condition=models.Q(kind="original"), name="one_original_of_a_budget"
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        kind = BUDGET_CHANGES[self.kind]
        return Name(
            en=f"{kind.en} {self.number}, {self.budget.name.en}", km=f"{kind.km} {self.number} {self.budget.name.km}"
        )


class BudgetMove(Record):
    """How much a change adds to a line, or takes from it, in the currency of the budget."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    change = models.ForeignKey(BudgetChange, models.PROTECT, related_name="moves", verbose_name=_("change"))
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="moves", verbose_name=_("budget line"))
    #: Copies of the line's, so that the totals by heading and year need no join.
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="+", verbose_name=_("heading"))
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", verbose_name=_("fund"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))

    class Meta:
        verbose_name = _("amount of a budget line")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "line"], name="a_change_moves_a_line_once"),
            models.CheckConstraint(condition=~models.Q(units=0), name="budget_move_is_not_zero"),
        ]
        indexes: ClassVar = [models.Index(fields=["line", "units"], name="budget_move_by_line")]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What is added; negative where it is taken away."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        line = self.line.name
        return Name(en=f"{line.en}: {self.amount}", km=f"{line.km}៖ {self.amount}")


class BudgetForecast(Record):
    """What somebody expects of a budget on a day, line by line; whole, so that the newest is the one that counts."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="forecasts", verbose_name=_("budget"))
    number = models.PositiveSmallIntegerField(_("number"))
    on = models.DateField(_("date"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    note = models.CharField(_("what it rests on"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("forecast")
        constraints: ClassVar = [models.UniqueConstraint(fields=["budget", "number"], name="budget_forecast_once")]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        what = self.budget.name
        return Name(en=f"Forecast {self.number}, {what.en}", km=f"ការព្យាករណ៍ទី {self.number} {what.km}")


class ForecastAmount(Record):
    """What is expected on a line from a day to a day: a month, a quarter or a year."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    forecast = models.ForeignKey(BudgetForecast, models.PROTECT, related_name="amounts", verbose_name=_("forecast"))
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name=_("budget line"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))

    class Meta:
        verbose_name = _("amount of a forecast")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forecast", "line", "since"], name="forecast_amount_once"),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="forecast_amount_has_days"),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="forecast_amount_is_something"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What is expected."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        line, days = self.line.name, f"{self.since:%d/%m/%Y} – {self.until - timedelta(days=1):%d/%m/%Y}"
        return Name(en=f"{line.en}, {days}: {self.amount}", km=f"{line.km} {days}៖ {self.amount}")


class Commitment(Record):
    """Money of a fund that is promised: an agreement, a contract. It cites no project: a project cites it."""

    PLACE: ClassVar[str | None] = "place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="commitments", verbose_name=_("fund"))
    purpose = models.ForeignKey(
        Purpose, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("purpose")
    )
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="commitments", null=True, blank=True, verbose_name=_("budget line")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("place"))
    #: To whom: what a third party may get at most is counted by it.
    recipient = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("promised to")
    )
    on = models.DateField(_("date"))
    text_en = models.CharField(_("text in English"), max_length=300)
    text_km = models.CharField(_("text in Khmer"), max_length=300, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))

    class Meta:
        verbose_name = _("commitment")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(units__gt=0), name="commitment_is_over_something")
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "fund", "recipient"], name="commitment_by_recipient")]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What was promised."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        return Name(en=self.text_en, km=self.text_km or self.text_en)


class CommitmentMove(Record):
    """What happened to a commitment: made and returned add to what is still promised, drawn and released take from it.

    What is accounted for was drawn before: it moves from what is advanced to cost and leaves the promise as it is.
    """

    PLACE: ClassVar[str | None] = "commitment__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="moves", verbose_name=_("commitment"))
    kind = models.CharField(_("kind"), max_length=10, choices=choices(COMMITMENT_MOVES))
    on = models.DateField(_("date"))
    #: Signed: what is still promised is the sum.
    units = models.BigIntegerField(_("amount, in 1/10 000"))
    #: Signed: what was paid out and is no cost yet is the sum; always 0 where a payment is a cost at once.
    out = models.BigIntegerField(_("advanced, in 1/10 000"), default=0, db_default=0)
    entry = models.ForeignKey(
        "ledger.Entry", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("entry in the books")
    )

    class Meta:
        verbose_name = _("move of a commitment")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(units=0, out=0), name="commitment_move_is_not_zero"),
        ]
        indexes: ClassVar = [models.Index(fields=["commitment", "kind", "units"], name="commitment_moves")]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """What is added to what is still promised; negative where it is taken away."""
        return Money(self.units, self.commitment.currency)

    @property
    def name(self) -> Name:
        kind, what = COMMITMENT_MOVES[self.kind], self.commitment.name
        amount = self.amount or Money(self.out, self.commitment.currency)
        return Name(en=f"{kind.en}: {what.en}, {amount}", km=f"{kind.km}៖ {what.km} {amount}")


class Limit(Record):
    """Up to what something may go, from a day to a day, and which contract or manual says so. Data, never code."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    kind = models.CharField(_("what is limited"), max_length=20, choices=choices(LIMITS))
    #: Empty: whichever fund.
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="limits", null=True, blank=True, verbose_name=_("fund"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    units = models.BigIntegerField(_("amount, in 1/10 000"), null=True, blank=True)
    percent = models.PositiveIntegerField(_("percent, in 1/100 %"), null=True, blank=True)
    days = models.PositiveIntegerField(_("days"), null=True, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("who says so"), max_length=200)

    class Meta:
        verbose_name = _("limit")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(units__isnull=False, percent__isnull=True, days__isnull=True)
                | models.Q(units__isnull=True, percent__isnull=False, days__isnull=True)
                | models.Q(units__isnull=True, percent__isnull=True, days__isnull=False),
                name="a_limit_is_an_amount_or_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money | None:
        """The limit where it is an amount."""
        return None if self.units is None else Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        what = LIMITS[self.kind]
        return Name(en=f"{what.en}: {self.value.en}", km=f"{what.km}៖ {self.value.km}")

    @property
    def value(self) -> Name:
        """How much it is, in whatever it is measured."""
        if self.days is not None:
            return Name(en=f"{self.days} days", km=f"{self.days} ថ្ងៃ")
        text = str(self.amount) if self.units is not None else f"{(self.percent or 0) / 100:g} %"
        return Name(en=text, km=text)
