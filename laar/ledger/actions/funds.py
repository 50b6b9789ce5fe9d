"""Correcting what a fund's contract says."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import User
from laar.kit.money import decimals_of
from laar.kit.names import clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Fund, Posting


@action("fund.agree")
def agree_fund(
    fund: Fund,
    *,
    currency: str = "",
    rate_policy: str = "transaction",
    rate_source: str = "",
    cost_on: str = "liquidation",
    donor_share: int | None = None,
    since: date | None = None,
    until: date | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Fund:
    """Write the contract words of a fund anew: in what and how its reports convert, when an advance is a cost, its days.

    Whoever has issued a report by the old words objects from above (`@objects_to("fund.agree")`). Raises Refusal
    `fund.cost_comes_already` where advances were paid under another rule, `money.unknown_currency`, `period.reversed`.
    """
    if currency:
        decimals_of(currency)
    if since and until and until <= since:
        raise Refusal("period.reversed")
    with act(by, "fund.agree", fund, on=on, command=command, seen=seen) as step:
        fund = step.subject
        advanced = Posting.objects.filter(fund=fund, account__use="advance").exists()
        if cost_on != fund.cost_on and advanced:
            raise Refusal("fund.cost_comes_already", fund=fund.name)
        fund.currency, fund.rate_policy, fund.rate_source = currency, rate_policy, clean(rate_source)
        fund.cost_on, fund.donor_share, fund.since, fund.until = cost_on, donor_share, since, until
        step.save(fund)
        return fund
