"""What was paid and promised, in the currency of a budget that is in another one than the books.

By the rate that the contract of the fund names, for each payment alone, so that lines, headings and years add up. The mean
of a reporting period is known only with the report: until then the rate of the month stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from laar.kit.money import Money
from laar.kit.periods import month
from laar.ledger.models import Budget
from laar.ledger.queries.conversion import ReportRate, report_rate


def is_foreign(budget: Budget) -> bool:
    """Whether a budget is in another currency than the books."""
    return budget.currency != budget.programme.currency


def worth_of(budget: Budget, rows: Iterable[tuple[int, str, int, date]]) -> dict[int, int]:
    """Of each (key, currency, units, day) the worth in the budget's currency. Raises Refusal `rate.missing`."""
    rates: dict[tuple[str, date], ReportRate] = {}
    found: dict[int, int] = {}
    for key, currency, units, on in rows:
        day = on if budget.fund.rate_policy == "transaction" else on.replace(day=1)
        if (currency, day) not in rates:
            rates[currency, day] = report_rate(budget.fund, currency, month(on), on, into=budget.currency)
        found[key] = rates[currency, day].convert(Money(units, currency)).units
    return found
