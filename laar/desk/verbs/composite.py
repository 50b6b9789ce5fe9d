"""Questions that ask for several things at once: the papers of an event, an attendance sheet, what an agreement says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laar.desk import said
from laar.desk.verbs.questions import (
    About,
    AmountField,
    Answers,
    Choice,
    Paper,
    Question,
    RecordField,
    Scan,
    WholeField,
)
from laar.events.actions import Present
from laar.events.rules import CAPACITIES
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.projects.actions.agreement import Part, Terms
from laar.projects.rules import ROUTES
from laar.registers.models import Party
from laar.registers.rules import SEXES
from laar.results.queries import choices

#: An agreement is paid in so many parts at most; more are a sign of a typing mistake.
MOST_TRANCHES = 5


def _part(typed: Answers, name: str) -> Answers:
    """What was typed into the fields of a part of a question."""
    start = f"{name}-"
    part = {key.removeprefix(start): value for key, value in typed.items() if key.startswith(start)}
    return {**part, "": typed[name]} if name in typed else part


@dataclass(frozen=True, kw_only=True)
class Papers(Question):
    """Several papers, each with what it is."""

    roles: Callable[[About], dict[str, Name]]
    is_signed: bool = True

    def _each(self, about: About) -> Iterator[tuple[str, Paper]]:
        for role, name in self.roles(about).items():
            yield role, Paper(role=name, is_signed=self.is_signed)

    def fields(self, about: About) -> dict[str, forms.Field]:
        """The fields of each paper."""
        return {
            f"{role}-{ending}" if ending else role: made
            for role, paper in self._each(about)
            for ending, made in paper.fields(about).items()
        }

    def answer(self, typed: Answers, about: About) -> dict[str, Scan]:
        """The papers that were sent, by what they are."""
        sent = {role: paper.answer(_part(typed, role), about) for role, paper in self._each(about)}
        return {role: scan for role, scan in sent.items() if scan}


@dataclass(frozen=True, slots=True)
class Table:
    """Fields that stand in rows and columns, and those above them that do not."""

    heads: list[str]
    rows: list[tuple[str, list[forms.BoundField]]]
    others: list[forms.BoundField]


@dataclass(frozen=True, kw_only=True)
class Sheet(Question):
    """An attendance sheet: who of the body was there by name, and how many others, by capacity and sex."""

    def fields(self, about: About) -> dict[str, forms.Field]:
        """A tick for every member of the host, and a number for every capacity and sex."""
        lang = said.language()
        members = {str(one.pk): one for one in self._members(about)}
        fields: dict[str, forms.Field] = {}
        if members:
            fields["members"] = forms.MultipleChoiceField(
                label=_("Members who were present"),
                choices=[(key, one.name.say(lang)) for key, one in members.items()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        for capacity, name in CAPACITIES.items():
            for sex, word in SEXES.items():
                label = f"{name.say(lang)} – {word.say(lang).lower()}"
                fields[f"{capacity}-{sex or 'x'}"] = WholeField(label=label, required=False)
        return fields

    def table(self, fields: list[forms.BoundField]) -> Table:
        """The numbers as they stand on the paper: a row for each capacity, a column for each sex."""
        lang, by_ending = said.language(), {field.name.partition("-")[2]: field for field in fields}
        return Table(
            heads=[word.say(lang) for word in SEXES.values()],
            rows=[
                (name.say(lang), [by_ending[f"{capacity}-{sex or 'x'}"] for sex in SEXES])
                for capacity, name in CAPACITIES.items()
            ],
            others=[field for ending, field in by_ending.items() if ending == "members"],
        )

    def answer(self, typed: Answers, about: About) -> list[Present]:
        """The lines of the sheet."""
        host = about.record.host
        members = {str(one.pk): one for one in self._members(about)}
        capacity = {"council": "councillor", "committee": "committee", "ngo": "staff"}.get(host.kind, "group")
        present = [Present(capacity, person=members[key], body=host) for key in typed.get("members") or []]
        for what in CAPACITIES:
            for sex in SEXES:
                count = typed.get(f"{what}-{sex or 'x'}")
                if count:
                    present.append(Present(what, sex=sex, count=count))
        return present

    def missing(self, typed: Answers) -> bool:
        """Whether nobody was there."""
        return not any(typed.values())

    def _members(self, about: About) -> list[Party]:
        return list(choices.members_of(about.record.host, about.record.on, about.user))


@dataclass(frozen=True, kw_only=True)
class Agreed(Question):
    """What an agreement says about the money: the grant and its tranches, the route, and the commune's part."""

    accounts: dict[str, tuple[str, Any]] = field(
        default_factory=lambda: {
            "bank": ("asset", _("Paid from the account")),
            "advances": ("asset", _("Advances stand on the account")),
            "expense": ("expense", _("Expenses stand on the account")),
        }
    )

    def fields(self, about: About) -> dict[str, forms.Field]:
        """The fields of the agreement in the order of the paper."""
        project, currency = about.record, about.programme.currency
        fields: dict[str, forms.Field] = {"number": forms.CharField(label=_("Number of the agreement"), max_length=60)}
        fields["route"] = Choice(
            label=_("How the money goes"), names={key: route.name for key, route in ROUTES.items()}
        ).fields(about)[""]
        fields["fund"] = RecordField(
            _("Grant from the fund"), choices.funds_of(about.programme, ("grant",)), required=True
        )
        fields["line"] = RecordField(
            _("Charged to the budget line"), choices.budget_lines_of(about.programme, ("grant",)), required=False
        )
        for number in range(1, MOST_TRANCHES + 1):
            label = _("Tranche %(number)s, %(currency)s") % {"number": number, "currency": currency}
            fields[f"tranche-{number}"] = AmountField(label=label, required=number == 1)
        for name, (kind, label) in self.accounts.items():
            fields[name] = RecordField(label, choices.accounts_of(about.programme, kind), required=True)
        if project.kind == "sdp":
            fields |= self._share(about)
        return fields

    def _share(self, about: About) -> dict[str, forms.Field]:
        project, programme = about.record, about.programme
        council = project.council
        return {
            "share": AmountField(label=_("The commune pays itself"), required=True),
            "currency": forms.ChoiceField(label=_("in"), choices=[(one, one) for one in ("KHR", programme.currency)]),
            "decision": RecordField(
                _("By the decision of its council"), choices.decisions_of(council, about.user), required=True
            ),
            "commune_fund": RecordField(
                _("From the fund of the commune"), choices.funds_of(programme, ("commune",)), required=True
            ),
            "paid_from": RecordField(
                _("In the council's book, from"), choices.accounts_of(programme, "income", council), required=True
            ),
            "commune_expense": RecordField(
                _("In the council's book, for"), choices.accounts_of(programme, "expense", council), required=True
            ),
        }

    def answer(self, typed: Answers, about: About) -> Terms:
        """The terms. The tranches make the amount of the grant."""
        currency = about.programme.currency
        tranches = [
            Money.of(typed[f"tranche-{number}"], currency)
            for number in range(1, MOST_TRANCHES + 1)
            if typed.get(f"tranche-{number}")
        ]
        if not tranches:
            raise Refusal("money.not_an_amount", text="", currency=currency, decimals=2, example="1270.00")
        amount = tranches[0]
        for more in tranches[1:]:
            amount += more
        return Terms(
            number=typed["number"],
            amount=amount,
            tranches=tranches,
            route=typed["route"],
            fund=typed["fund"],
            bank=typed["bank"],
            advances=typed["advances"],
            expense=typed["expense"],
            share=self._part_of_the_commune(typed) if typed.get("share") else None,
            line=typed.get("line"),
        )

    def _part_of_the_commune(self, typed: Answers) -> Part:
        return Part(
            amount=Money.of(typed["share"], typed["currency"]),
            decision=typed["decision"],
            fund=typed["commune_fund"],
            paid_from=typed["paid_from"],
            expense=typed["commune_expense"],
        )
