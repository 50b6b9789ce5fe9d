"""A bank in euro, a box of dollars and one of riel, with the mapping of an invented bank; for the tests of cash and bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import (
    credit,
    debit,
    decided_elsewhere,
    import_statement,
    keep_mapping,
    open_account,
    post_entry,
    set_rate,
)
from laar.ledger.models import Account, BankStatement, ColumnMapping, Entry
from tests.world import World

COLUMNS = {"on": "Value date", "text": "Description", "reference": "Ref", "in": "Credit", "out": "Debit"}
HEAD = "Value date,Description,Ref,Debit,Credit"
DECEMBER = date(2007, 12, 1)


@dataclass
class Money2007:
    """What the tests of this folder share."""

    world: World
    bank: Account
    dollars: Account
    riel: Account
    gain: Account
    income: Account
    charges: Account
    mapping: ColumnMapping

    def post(self, debited: Account, credited: Account, amount: str, on: date, kind: str = "payment") -> Entry:
        """One entry of the grant."""
        currency, value = amount.split()
        money, fund = Money.of(value, currency), self.world.fund
        with decided_elsewhere():
            return post_entry(
                self.world.book,
                [debit(debited, fund, money), credit(credited, fund, money)],
                text=Name(en="x"),
                kind=kind,
                by=self.world.finance,
                on=on,
            )

    def load(self, *lines: str, opening: str, closing: str, **more: date) -> BankStatement:
        """A statement from the lines of a file."""
        return import_statement(
            self.bank,
            "\n".join([HEAD, *lines]).encode(),
            file="december.csv",
            mapping=self.mapping,
            opening=Money.of(opening, "EUR"),
            closing=Money.of(closing, "EUR"),
            by=self.world.finance,
            on=self.world.day,
            **more,
        )


def made(world: World) -> Money2007:
    """Open the accounts, enter the rates of December 2007, keep the mapping."""
    day = date(2007, 3, 1)

    def account(code: str, kind: str, use: str = "", currency: str = "") -> Account:
        return open_account(
            world.book,
            code,
            name=Name(en=code, km=code),
            kind=kind,
            use=use,
            currency=currency,
            by=world.finance,
            on=day,
        )

    for currency, rate in (("USD", "1.25"), ("KHR", "5000")):
        set_rate("EUR", currency, since=DECEMBER, rate=Decimal(rate), source="bank", by=world.finance, on=DECEMBER)
    mapping = keep_mapping(
        world.programme,
        "bank",
        "Mekong Bank",
        columns=COLUMNS,
        written={"date": "%d/%m/%Y", "decimal": "."},
        by=world.finance,
        on=world.day,
    )
    return Money2007(
        world,
        account("1001", "asset", "bank", "EUR"),
        account("1002", "asset", "cash", "USD"),
        account("1003", "asset", "cash", "KHR"),
        account("4900", "income", "gain"),
        world.accounts["income"],
        world.accounts["expense"],
        mapping,
    )
