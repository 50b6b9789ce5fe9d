"""The financial reports to donors: for which days, how far they have come, the words beside their numbers.

The numbers of a draft are computed; those of a submitted report are kept as they were sent.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record, User
from laar.kit.money import Money
from laar.kit.names import Name, in_khmer
from laar.ledger.models import Budget, BudgetLine, Heading
from laar.registers.models import choices
from laar.reports.rules import FINANCE_REPORT, REPORT_KINDS


class FinanceReport(Record):
    """What a donor is told about its money: of which budget, for which days, and how far the report has come."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="+", verbose_name=_("budget"))
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=choices(REPORT_KINDS))
    since = models.DateField(_("since"))
    #: The first day that it does not cover.
    until = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=12, choices=FINANCE_REPORT.choices(), default="draft")
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("prepared by"))
    submitted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("submitted by")
    )
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    #: How often it was submitted: each time its numbers are kept anew, beside those of the time before.
    turn = models.PositiveSmallIntegerField(_("times submitted"), default=0)
    #: The digest of the numbers that were kept.
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True)
    reason_en = models.CharField(_("why it came back, in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("why it came back, in Khmer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("financial report")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "number"], name="finance_report_once"),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="finance_report_has_days"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def last(self) -> date:
        """The last day that it covers."""
        return date.fromordinal(self.until.toordinal() - 1)

    @property
    def is_sent(self) -> bool:
        """Whether its numbers are kept as they were sent."""
        return self.state in ("submitted", "accepted")

    @property
    def name(self) -> Name:
        kind, code = REPORT_KINDS[self.kind], self.budget.code
        return Name(en=f"{kind.en} {self.number}, {code}", km=f"{kind.km}ទី{in_khmer(self.number)} {code}")


class FinanceExplanation(Record):
    """Why a line or a heading differs from its budget; beside neither: why costs stand on no line."""

    report = models.ForeignKey(FinanceReport, models.PROTECT, related_name="words", verbose_name=_("report"))
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("budget line")
    )
    heading = models.ForeignKey(
        Heading, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("heading")
    )
    text_en = models.CharField(_("explanation in English"), max_length=1000, blank=True)
    text_km = models.CharField(_("explanation in Khmer"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("explanation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "line"], condition=models.Q(line__isnull=False), name="line_explained_once"
            ),
            models.UniqueConstraint(
                fields=["report", "heading"], condition=models.Q(heading__isnull=False), name="heading_explained_once"
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=models.Q(line__isnull=True, heading__isnull=True),
                name="costs_on_no_line_explained_once",
            ),
            models.CheckConstraint(
                condition=models.Q(line__isnull=True) | models.Q(heading__isnull=True),
                name="an_explanation_is_of_one_row",
            ),
        ]

    def __str__(self) -> str:
        return self.text_en or self.text_km

    @property
    def name(self) -> Name:
        return Name(en=self.text_en, km=self.text_km)


class FinanceFigure(Record):
    """A number of a report as it was sent. Never altered; a report that came back is sent with new ones."""

    report = models.ForeignKey(FinanceReport, models.PROTECT, related_name="figures", verbose_name=_("report"))
    turn = models.PositiveSmallIntegerField(_("times submitted"))
    #: `line:1.1.1`, `heading:1`, `total`, `posting:812`; and the column of the form.
    row = models.CharField(_("row"), max_length=60)
    column = models.CharField(_("column"), max_length=30)
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("amount, in 1/10 000"))

    class Meta:
        verbose_name = _("number of a report")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "turn", "row", "column"], name="finance_figure_once")
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """The amount, in the currency of its column."""
        return Money(self.units, self.currency)

    @property
    def name(self) -> Name:
        said = f"{self.row} · {self.column}: {self.amount}"
        return Name(en=said, km=said)
