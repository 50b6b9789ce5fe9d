"""Questions of the entry screen: an account with its balance, an amount that is read in the document's currency."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from laar.desk import said
from laar.desk.verbs.questions import About, AmountField, Answers, Question
from laar.ledger.models import Account
from laar.ledger.queries import balance_in
from laar.results.documents import accounts_of

Options = Callable[[About], Sequence[tuple[Model, str]]]


@dataclass(frozen=True, kw_only=True)
class Listed(Question):
    """One of some records, each with what is said of it: an account with its balance."""

    options: Options

    def fields(self, about: About) -> dict[str, forms.Field]:
        """A list; where there is nothing to choose it is chosen."""
        return {"": ListedField(self.label, self.options(about), required=self.is_required)}


class ListedField(forms.ChoiceField):
    """A choice among records by their key; the answer is the record."""

    def __init__(self, label: Any, options: Sequence[tuple[Model, str]], *, required: bool) -> None:
        self.records = {str(record.pk): record for record, _label in options}
        only = required and len(options) == 1
        first = [] if only else [("", _("Choose…") if required else "–")]
        super().__init__(
            label=label, choices=[*first, *[(str(record.pk), text) for record, text in options]], required=required
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


def balances(*uses: str) -> Options:
    """The accounts on which money lies, each with what is there now."""
    return lambda about: [(one, f"{called(one)} · {_now(one)}") for one in accounts_of(about.record, *uses)]


def called(account: Account) -> str:
    """An account by its code and name."""
    return f"{account.code} {account.name.say(said.language())}"


def _now(account: Account) -> str:
    return str(balance_in(account.pk, account.currency or account.book.currency))
