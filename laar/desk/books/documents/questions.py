"""Questions of the entry screen: an account with its balance, an amount that is read in the document's currency."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from laar.desk import said
from laar.desk.verbs.questions import About, AmountField, Answers, Question
from laar.kit.money import Money
from laar.ledger.models import Account
from laar.ledger.queries import balance_in
from laar.ledger.rules.books import MONEY_USES
from laar.results.documents import accounts_of

Options = Callable[[About], Sequence[tuple[Model, str]]]


@dataclass(frozen=True, kw_only=True)
class Listed(Question):
    """One of some records, each with what is said of it: an account with its balance."""

    options: Options

    def fields(self, about: About) -> dict[str, forms.Field]:
        """A list; where there is nothing to choose it is chosen."""
        return {"": ListedField(self.label, self.options(about), required=self.is_required)}


@dataclass(frozen=True, kw_only=True)
class MoneyAt(Question):
    """An account on which money lies, with what is there now: the balance runs along while amounts are typed."""

    uses: Sequence[str] = MONEY_USES

    def fields(self, about: About) -> dict[str, forms.Field]:
        """A list whose options carry their balance."""
        there = {
            one: balance_in(one.pk, one.currency or one.book.currency) for one in accounts_of(about.record, *self.uses)
        }
        options = [(one, f"{called(one)} · {money}") for one, money in there.items()]
        widget = BalanceSelect({str(one.pk): money for one, money in there.items()})
        return {"": ListedField(self.label, options, required=self.is_required, widget=widget)}


class BalanceSelect(forms.Select):
    """A list whose options carry what is on them, for `totals.js`."""

    def __init__(self, balances: Mapping[str, Money]) -> None:
        super().__init__()
        self.balances = balances

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With its balance, where it has one."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if there := self.balances.get(str(value)):
            option["attrs"] |= {"data-balance": there.plain(), "data-currency": there.currency}
        return option


class ListedField(forms.ChoiceField):
    """A choice among records by their key; the answer is the record."""

    def __init__(
        self, label: Any, options: Sequence[tuple[Model, str]], *, required: bool, widget: forms.Select | None = None
    ) -> None:
        self.records = {str(record.pk): record for record, _label in options}
        only = required and len(options) == 1
        first = [] if only else [("", _("Choose…") if required else "–")]
        super().__init__(
            label=label,
            choices=[*first, *[(str(record.pk), text) for record, text in options]],
            required=required,
            widget=widget,
        )

    def clean(self, value: Any) -> Model | None:
        """The record that was chosen."""
        key: str = super().clean(value)
        return self.records[key] if key else None


@dataclass(frozen=True, kw_only=True)
class Sum(Question):
    """An amount whose currency is that of the account; what can be read in two ways is asked."""

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """One short field."""
        return {"": AmountField(label=self.label, required=self.is_required)}

    def answer(self, typed: Answers, _about: About) -> str:
        """As it was typed; it becomes money where the currency is known."""
        return str(typed[""] or "")


def accounts(*uses: str, kinds: Sequence[str] = ()) -> Options:
    """The accounts of the book for some uses, or of some kinds."""
    return lambda about: [(one, called(one)) for one in accounts_of(about.record, *uses, kinds=kinds)]


def called(account: Account) -> str:
    """An account by its code and name."""
    return f"{account.code} {account.name.say(said.language())}"
