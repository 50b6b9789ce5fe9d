"""Roll-ups of the books, one per question: kept exact in the transaction that posts, recounted by `verify`.

One table that answers all questions grows to nearly a row per posting and answers none quickly; a table per question
stays small (measured; docs/decisions/0013).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moved(models.Model):
    """What a roll-up of postings adds up. 0 stands for what a posting does not name: a null is never equal to itself."""

    programme_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    units = models.BigIntegerField()
    in_book = models.BigIntegerField()
    postings = models.BigIntegerField()

    class Meta:
        abstract = True


class AccountMonth(Moved):
    """How much moved on an account in a month (`200803`): the trial balance at any date."""

    account_id = models.BigIntegerField()
    month = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("month of an account")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme_id", "account_id", "month", "currency"], name="account_month_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month} {self.units}"


class FundMonth(Moved):
    """How much of a fund moved on an account in a month: the balance of a fund, its sources and uses."""

    fund_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    month = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("month of a fund")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme_id", "fund_id", "account_id", "month", "currency"], name="fund_month_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.account_id} {self.month} {self.units}"


class PlaceYear(Moved):
    """How much of a fund moved on an account for a place in a year: the statement of a commune."""

    place_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    fund_id = models.BigIntegerField()
    year = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("year of a place")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme_id", "place_id", "account_id", "fund_id", "year", "currency"], name="place_year_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.account_id} {self.year} {self.units}"


class HeadingMonth(Moved):
    """What was charged to a heading in a month: the actual side of budget against actual, by currency."""

    heading_id = models.BigIntegerField()
    fund_id = models.BigIntegerField()
    month = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("month of a heading")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme_id", "heading_id", "fund_id", "month", "currency"], name="heading_month_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading_id} {self.month} {self.units}"


class HeadingPlan(models.Model):
    """What is budgeted for a heading in a year (0: for the whole time), in the currency of the budget."""

    programme_id = models.BigIntegerField()
    heading_id = models.BigIntegerField()
    fund_id = models.BigIntegerField()
    year = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    units = models.BigIntegerField()
    moves = models.BigIntegerField()

    class Meta:
        verbose_name = _("plan of a heading")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme_id", "heading_id", "fund_id", "year", "currency"], name="heading_plan_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading_id} {self.year} {self.units}"
