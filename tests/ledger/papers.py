"""How the tests of documents are written: accounts with their uses, two finance officers, and a budget line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from laar.base.actions import grant_role, register_user
from laar.base.guard import open_door
from laar.base.models import User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import (
    Item,
    Leg,
    approve_document,
    credit,
    debit,
    decided_elsewhere,
    given_out,
    open_account,
    paid,
    post_document,
    post_entry,
    prepare_document,
    settled_with,
)
from laar.ledger.models import Account, Document, Limit
from tests.world import World, eur

TEXT = Name(en="Chalk for the training", km="ដីស")


@dataclass
class Office:
    """The accounts of an office and who works in it."""

    world: World
    accounts: dict[str, Account]
    #: A second finance officer: who prepared does not pay.
    cashier: User

    def item(self, amount: Money, account: str = "cost", **more: Any) -> Item:
        return Item(self.accounts[account], self.world.fund, amount, **more)

    def prepared(self, kind: str, lines: list[Leg], **more: Any) -> Document:
        """A document that the finance officer prepares, with its bill."""
        more = {"payee_text": "Sok Shop", "papers": {"bill": self.world.paper(by=self.world.finance)}, **more}
        return prepare_document(
            self.world.book, kind, lines, **{"text": TEXT, "by": self.world.finance, "on": self.world.day, **more}
        )

    def payment(self, amount: str, money: str = "bank", **more: Any) -> Document:
        return self.prepared("payment", paid(self.accounts[money], [self.item(eur(amount))]), **more)

    def approved(self, document: Document) -> Document:
        return approve_document(document, by=self.world.manager, on=self.world.day)

    def cashier_posts(self, document: Document, on: date | None = None, command: UUID | None = None) -> Document:
        return post_document(document, by=self.cashier, on=on or self.world.day, command=command)

    def posted(self, document: Document, on: date | None = None) -> Document:
        return self.cashier_posts(self.approved(document), on)

    def advance(self, amount: str) -> Document:
        """A posted advance."""
        lines = given_out(self.accounts["bank"], self.accounts["adv"], self.item(eur(amount)))
        return self.posted(self.prepared("advance", lines, due_on=date(2008, 4, 10)))

    def fill(self, notes: Money) -> None:
        """Notes are brought into the cash box."""
        legs = [
            debit(self.accounts["box"], self.world.fund, notes),
            credit(self.world.accounts["income"], self.world.fund, notes),
        ]
        with decided_elsewhere():
            post_entry(
                self.world.book, legs, text=Name(en="Brought"), kind="receipt", by=self.world.finance, on=self.world.day
            )

    def liquidation(self, advance: Document, amount: str, **more: Any) -> Document:
        lines = settled_with(self.accounts["adv"], [self.item(eur(amount))])
        return self.prepared("liquidation", lines, settles=advance, **more)

    def limit(self, kind: str, amount: Money, since: date = date(2007, 1, 1), until: date | None = None) -> Limit:
        """A limit of the manual."""
        with open_door():
            return Limit.objects.create(
                programme=self.world.programme,
                kind=kind,
                currency=amount.currency,
                units=amount.units,
                since=since,
                until=until,
                source="Manual",
            )


def office(world: World) -> Office:
    """Open the accounts and let the cashier in."""
    accounts = {
        code: open_account(
            world.book,
            code,
            name=Name(en=code),
            kind=kind,
            use=use,
            currency=currency,
            by=world.finance,
            on=date(2007, 3, 1),
        )
        for code, kind, use, currency in (
            ("571", "asset", "bank", "EUR"),
            ("box", "asset", "cash", "KHR"),
            ("usd", "asset", "bank", "USD"),
            ("adv", "asset", "advance", ""),
            ("fx", "asset", "exchange", ""),
            ("gain", "income", "gain", ""),
            ("tax", "liability", "tax", ""),
            ("owed", "liability", "payable", ""),
            ("cost", "expense", "", ""),
            ("kind", "income", "", ""),
        )
    }
    accounts["bank"] = accounts.pop("571")
    cashier = register_user("cashier", name=Name(en="Cashier"), by=None, on=date(2007, 3, 1), is_fictional=True)
    grant_role(cashier, role="finance", programme=world.programme, since=date(2007, 3, 1), by=None, on=date(2007, 3, 1))
    return Office(world, accounts, cashier)
