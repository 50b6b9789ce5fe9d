"""What a currency costs in another, since when, and who says so."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.ledger.rules import RATE_SCALE


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
    #: A source that corrects itself publishes a new version; the older one stays, for what was converted at it.
    version = models.PositiveSmallIntegerField(_("version"), default=1, db_default=1)

    class Meta:
        verbose_name = _("exchange rate")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["base", "currency", "since", "source", "version"], name="rate_once"),
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
