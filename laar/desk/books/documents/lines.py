"""The lines of a document as they are typed: one form a line; an empty one is no line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from laar.desk import said
from laar.desk.books.documents.kinds import Screen
from laar.desk.books.documents.questions import ListedField, called
from laar.desk.verbs.form import said_wrong
from laar.desk.verbs.questions import About, AmountField
from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.actions import Item
from laar.ledger.models import Fund, Purpose
from laar.results.documents import accounts_of
from laar.results.queries.choices import budget_lines_of, places_for

#: So many lines stand there at first, and so many come at once.
FIRST, MORE, MOST = 3, 3, 60


class LineForm(forms.Form):
    """One line: account, whose money, what for, where, budget line, amount."""

    use_required_attribute = False

    def __init__(self, lists: Lists, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = lists
        if lists.accounts is not None:
            self.fields["account"] = _among(_("Account"), lists.accounts)
        only = lists.funds[0] if len(lists.funds) == 1 else None
        self.fields["fund"] = ListedField(_("Fund"), lists.funds, required=only is not None)
        if lists.screen.has_purpose:
            self.fields["purpose"] = _among(_("Purpose"), lists.purposes)
            self.fields["place"] = _among(_("Place"), lists.places)
        if lists.screen.has_budget and lists.lines:
            self.fields["line"] = _among(_("Budget line"), lists.lines)
        label = _("Debit") if lists.screen.both_sides else _("Amount")
        self.fields["amount"] = AmountField(label=label, required=False)
        if lists.screen.both_sides:
            self.fields["credit"] = AmountField(label=_("Credit"), required=False)
        for field in self.fields.values():
            field.error_messages.update(said_wrong())

    def in_currency(self, currency: str) -> None:
        """Read its amounts in the currency of what the money is paid from."""
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currencies = (currency,)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed: what is chosen beforehand does not count."""
        names = ("amount", "credit") if self.lists.screen.one_line else ("amount", "credit", "account")
        return not any((self.data.get(self.add_prefix(name)) or "").strip() for name in names if name in self.fields)

    def item(self, currency: str, above: Item | None = None) -> Item | None:
        """The line; None where it can't be read, and then it says why. A fund left out is that of the line above."""
        typed = self.cleaned_data
        typed["fund"] = typed.get("fund") or (above.fund if above else None)
        for name in ("account", "fund"):
            if name in self.fields and not typed.get(name):
                self.add_error(name, _("This is needed."))
        text, credit = typed.get("amount") or "", typed.get("credit") or ""
        if bool(text) == bool(credit):
            self.add_error("amount", _("Write an amount, on one side only."))
        if self.errors:
            return None
        try:
            amount = Money.of(text or credit, currency)
        except Refusal as no:
            self.add_error("amount" if text else "credit", no.text.say(said.language()))
            return None
        if amount.units <= 0:
            self.add_error("amount" if text else "credit", _("Write an amount above zero."))
            return None
        account = typed.get("account") or self.lists.stand_in
        if account is None:
            raise Refusal("entry.too_short")
        return Item(
            account=account,
            fund=typed["fund"],
            amount=-amount if credit else amount,
            purpose=typed.get("purpose"),
            place=typed.get("place"),
            line=typed.get("line"),
        )


class Lists:
    """What the lines of a document choose from: read once, whatever the number of lines."""

    def __init__(self, about: About, screen: Screen) -> None:
        programme, book = about.programme, about.record
        language = said.language()
        self.screen = screen
        found = accounts_of(book, *screen.line_uses, kinds=screen.line_kinds)
        self.stand_in = found[0] if found else None
        self.accounts = None if screen.one_line else [(one, called(one)) for one in found]
        # The communes' own money is in their treasuries: no document of ours is about it, and they are many.
        funds = Fund.objects.filter(programme=programme).exclude(kind="commune").order_by("code")
        self.funds = [(one, one.name.say(language)) for one in funds]
        self.purposes = [
            (one, one.name.say(language)) for one in Purpose.objects.filter(programme=programme).order_by("code")
        ]
        # A district and one of its communes are often called the same: the code tells them apart.
        self.places = [(one, f"{one.name.say(language)} · {one.code}") for one in places_for(programme, about.user)]
        self.lines = [(one, f"{one.budget.fund.code} {one.name.say(language)}") for one in budget_lines_of(programme)]

    def forms(self, count: int, data: Mapping[str, Any] | None = None) -> list[LineForm]:
        """So many lines, empty or as they were typed."""
        return [LineForm(self, data, prefix=f"line{place}") for place in range(1, count + 1)]


def count_of(data: Mapping[str, Any]) -> int:
    """How many lines a form was sent with."""
    text = str(data.get("lines", ""))
    return min(int(text), MOST) if text.isdecimal() and len(text) < 4 else FIRST


def _among(label: str, options: Any) -> ListedField:
    return ListedField(label, options, required=False)
