"""Saying what an account is for, where that was not said when it was opened."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import User
from laar.kit.money import decimals_of
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Account
from laar.ledger.queries import foreign_to, has_documents, is_looked_at


@action("account.describe")
def describe_account(
    account: Account,
    *,
    name: Name,
    use: str = "",
    currency: str = "",
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Account:
    """Write anew what an account is called, what it is for, and the only currency in which it is kept.

    For homes whose accounts were opened before that was asked: without a bank account no document pays. What documents,
    counts and bank statements were judged by stays. Raises Refusal `account.use_stays`, `account.currency_stays`,
    `account.other_currency`, `money.unknown_currency`.
    """
    if currency:
        decimals_of(currency)
    with act(by, "account.describe", account, on=on, command=command, seen=seen) as step:
        account = step.subject
        step.lock(account.book)  # nobody posts between looking and writing
        if use != account.use and has_documents(account):
            raise Refusal("account.use_stays", account=account.name)
        if currency != account.currency:
            if is_looked_at(account):
                raise Refusal("account.currency_stays", account=account.name)
            if currency and (other := foreign_to(account, currency)):
                raise Refusal("account.other_currency", account=account.name, other=other, currency=currency)
        account.name_en, account.name_km = clean(name.en), clean(name.km)
        account.use, account.currency = use, currency
        step.save(account)
    return account
