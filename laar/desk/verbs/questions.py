"""The kinds of questions that a form can ask: each gives its fields, and makes the answer that an action takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from laar.base.models import Evidence, Programme, User
from laar.base.queries import evidence_called
from laar.desk import said
from laar.kit.money import DECIMALS, Money
from laar.kit.names import Name, fold, name_of
from laar.ledger.models import Account, Fund

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    #: A text, or one that is said in the language of whoever looks at it.
    Text = str | _StrPromise
else:
    Text = str
Answers = Mapping[str, Any]

KEPT = Signer(salt="laar.kept")

#: How many records a list to choose from holds; with more, the person is asked to narrow it down first.
MOST = 400
#: No number that people write on these papers is longer.
MOST_DIGITS = 9
#: Between these years lies every day that is recorded here.
YEARS = (1950, 2100)
#: Khmer digits are taken like any others.
DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


@dataclass(frozen=True, slots=True)
class About:
    """For whom and about what a form asks."""

    verb: str
    programme: Programme
    user: User
    #: The record to which it is done; None where something is made that has no parent.
    record: Any = None
    #: What was answered before the rest could be asked.
    first: dict[str, Any] = field(default_factory=dict)
    #: Which version of the record it was read from; asked for before the record, so that no change falls between.
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing that is asked: its words, its fields, and the answer made of what was typed."""

    label: Text = ""
    hint: Text = ""
    is_required: bool = True
    #: Whether it is asked at all of this record.
    when: Callable[[About], bool] = lambda _about: True

    def title(self, _about: About) -> Text:
        """What is asked, above its fields."""
        return self.label

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """The fields by the ending of their names; an empty ending is the parameter itself."""
        raise NotImplementedError

    def answer(self, typed: Answers, _about: About) -> Any:
        """What the action is told."""
        return typed[""]

    def shown(self, value: Any) -> Answers:
        """How a value that is there already fills the fields."""
        return {"": value}


@dataclass(frozen=True, kw_only=True)
class Words(Question):
    """A text in one language: a code, a number on a paper, a payee."""

    most: int = 200

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """One line."""
        return {"": forms.CharField(label=self.label, max_length=self.most, required=self.is_required)}

    def answer(self, typed: Answers, _about: About) -> str:
        """What was typed."""
        return str(typed[""] or "")


@dataclass(frozen=True, kw_only=True)
class Pair(Question):
    """A text in Khmer and English; one of them is enough."""

    most: int = 300
    is_long: bool = False

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """One field for each language, Khmer first."""
        return {
            lang: forms.CharField(
                label=label,
                max_length=self.most,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": lang})
                if self.is_long
                else forms.TextInput({"lang": lang}),
            )
            for lang, label in (("km", _("in Khmer")), ("en", _("in English")))
        }

    def answer(self, typed: Answers, _about: About) -> Name:
        """Both texts."""
        return Name(en=typed["en"], km=typed["km"])

    def missing(self, typed: Answers) -> bool:
        """Whether neither language says anything."""
        return self.is_required and not fold(typed.get("km") or "") and not fold(typed.get("en") or "")

    def shown(self, value: Name) -> Answers:
        """Both texts as they are."""
        return {"en": value.en, "km": value.km}


@dataclass(frozen=True, kw_only=True)
class Day(Question):
    """A day."""

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """The browser's own way to choose a day; typed as 2008-03-10 where it has none."""
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return {
            "": DayField(
                label=self.label, required=self.is_required, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"]
            )
        }


class DayField(forms.DateField):
    """A day of somebody's working life, in Khmer digits or Arabic."""

    def to_python(self, value: Any) -> date | None:
        """The day. One that nobody alive has worked on is asked again."""
        day = super().to_python(value.translate(DIGITS) if isinstance(value, str) else value)
        if day and not YEARS[0] <= day.year <= YEARS[1]:
            raise forms.ValidationError(
                _("Write a day between %(first)s and %(last)s.") % {"first": YEARS[0], "last": YEARS[1]}
            )
        return day


class Digits(forms.CharField):
    """Digits as people type them: Khmer or Arabic."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> str:
        """The text in Arabic digits."""
        return str(super().to_python(value) or "").translate(DIGITS).strip()


@dataclass(frozen=True, kw_only=True)
class Whole(Question):
    """A whole number that is not negative, from `least` to `most`."""

    least: int = 0
    most: int = 10**MOST_DIGITS

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """One short field."""
        return {"": WholeField(label=self.label, required=self.is_required, least=self.least, most=self.most)}


class WholeField(Digits):
    """A whole number; nothing where nothing was typed."""

    def __init__(self, *, least: int = 0, most: int = 10**MOST_DIGITS, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        """The number. Says what is wrong otherwise."""
        text = super().clean(value)
        if not text:
            return None
        plain = re.sub(r"[, ](?=[0-9]{3}(?![0-9]))", "", text)  # between thousands only: 12,5 is no 125
        if not plain.isdecimal() or len(plain) > MOST_DIGITS:
            raise forms.ValidationError(_("Write a whole number, for example 25."))
        if not self.least <= int(plain) <= self.most:
            raise forms.ValidationError(
                _("Write a number from %(least)s to %(most)s.") % {"least": self.least, "most": self.most}
            )
        return int(plain)


@dataclass(frozen=True, kw_only=True)
class Measured(Question):
    """A number with decimals: a percentage, a rate."""

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """One short field."""
        return {"": MeasuredField(label=self.label, required=self.is_required)}


@dataclass(frozen=True, kw_only=True)
class Percent(Measured):
    """A percentage; what is done with it takes hundredths of a percent."""

    def answer(self, typed: Answers, _about: About) -> int | None:
        """The percentage in 1/100 %."""
        return None if typed[""] is None else int(typed[""] * 100)


class MeasuredField(Digits):
    """A number with a decimal point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def clean(self, value: Any) -> Decimal | None:
        """The number. Says what is wrong otherwise."""
        text = super().clean(value)
        if not text:
            return None
        whole, _dot, rest = text.partition(".")
        if not whole.isdecimal() or (rest and not rest.isdecimal()) or len(text) > MOST_DIGITS + 9:
            raise forms.ValidationError(_("Write a number with a point before the decimals, for example 12.5."))
        return Decimal(text)


@dataclass(frozen=True, kw_only=True)
class YesNo(Question):
    """Yes or no, neither of them chosen beforehand."""

    yes: Text = ""
    no: Text = ""

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """Two round buttons."""
        choices = [("yes", self.yes or _("Yes")), ("no", self.no or _("No"))]
        return {"": forms.ChoiceField(label=self.label, choices=choices, widget=forms.RadioSelect)}

    def answer(self, typed: Answers, _about: About) -> bool:
        """Whether yes was chosen."""
        return bool(typed[""] == "yes")

    def shown(self, value: bool) -> Answers:
        """The one that holds."""
        return {"": "yes" if value else "no"}


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One of a few words; what is offered may depend on what it is about."""

    names: Mapping[str, Name] | Callable[[About], Mapping[str, Name]]
    #: What the action takes, where it is not the word itself.
    make: Callable[[str], Any] = str

    def answer(self, typed: Answers, _about: About) -> Any:
        """What was chosen."""
        return self.make(typed[""] or "")

    def fields(self, about: About) -> dict[str, forms.Field]:
        """Round buttons for a few, a list for more."""
        names = self.names(about) if callable(self.names) else self.names
        choices: list[tuple[str, Text]] = [
            (key, name.say(said.language())) for key, name in names.items() if key or not self.is_required
        ]
        few = len(choices) <= 6
        if not self.is_required and "" not in names:
            choices.insert(0, ("", _("not said")))
        elif not few and self.is_required:
            choices.insert(0, ("", _("Choose…")))
        widget = forms.RadioSelect if few else forms.Select
        return {"": forms.ChoiceField(label=self.label, choices=choices, required=self.is_required, widget=widget)}


@dataclass(frozen=True, kw_only=True)
class Amount(Question):
    """An amount of money in the currency of the programme, or in one of several."""

    currencies: Callable[[About], list[str]] = lambda about: [about.programme.currency]

    def fields(self, about: About) -> dict[str, forms.Field]:
        """The amount, and the currency where there is a choice."""
        known = self.currencies(about)
        label = f"{self.label}, {known[0]}" if len(known) == 1 else self.label
        fields: dict[str, forms.Field] = {"": AmountField(known, label=label, required=self.is_required)}
        if len(known) > 1:
            fields["currency"] = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in known])
        return fields

    def answer(self, typed: Answers, about: About) -> Money | None:
        """The amount. Raises Refusal `money.not_an_amount`."""
        if not typed[""]:
            return None
        return Money.of(typed[""], typed.get("currency") or self.currencies(about)[0])

    def shown(self, value: Money) -> Answers:
        """As it is printed."""
        return {"": value.figure, "currency": value.currency}


class AmountField(Digits):
    """An amount as typed. What can be read in two ways is asked, never guessed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, currencies: Iterable[str] = DECIMALS, **kwargs: Any) -> None:
        #: In which it may be: a riel has no decimals.
        self.currencies = tuple(currencies)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """The text; with one point and three digits after it, it is asked which is meant."""
        text: str = super().clean(value)
        whole, _dot, rest = text.partition(".")
        if len(whole.replace(",", "")) > MOST_DIGITS + 3:
            raise forms.ValidationError(_("This is more money than any programme has. Correct it."))
        if re.fullmatch(r"-?\d{0,3}", whole) and re.fullmatch(r"\d{3}", rest):
            raise forms.ValidationError(self._two_ways(text, whole, rest))
        return text

    def _two_ways(self, text: str, whole: str, rest: str) -> str:
        """What may be meant, by the decimals of the currencies in which it may be."""
        plain = f"{whole}{rest}"
        without = [one for one in self.currencies if not DECIMALS[one]]
        if len(without) == len(self.currencies):
            said = str(_("“%(text)s” has decimals, and %(currency)s has none. Write %(plain)s."))
            return said % {"text": text, "currency": ", ".join(without), "plain": plain}
        nearest = Decimal(f"{whole or 0}.{rest}").quantize(Decimal("0.01"), ROUND_HALF_UP)
        facts = {"text": text, "thousands": f"{whole},{rest}", "decimals": str(nearest)}
        said = str(_("“%(text)s” can be read in two ways. Write %(thousands)s or %(decimals)s.")) % facts
        if without:
            hint = str(_("%(currency)s has no decimals: write %(plain)s."))
            said += " " + hint % {"currency": without[0], "plain": plain}
        return said


@dataclass(frozen=True, kw_only=True)
class Chosen(Question):
    """One of the records that fit."""

    among: Callable[[About], Iterable[Model]]
    #: What to do where there is none to choose from.
    otherwise: Text = ""

    def fields(self, about: About) -> dict[str, forms.Field]:
        """A list of their names."""
        return {"": RecordField(self.label, self.among(about), required=self.is_required, otherwise=self.otherwise)}

    def shown(self, value: Model | None) -> Answers:
        """Its key."""
        return {"": str(value.pk) if value else ""}


class RecordField(forms.ChoiceField):
    """A choice among records by their key; the answer is the record."""

    def __init__(self, label: Text, records: Iterable[Model], *, required: bool, otherwise: Text = "") -> None:
        found = list(records[: MOST + 1] if isinstance(records, QuerySet) else records)
        self.records = {str(record.pk): record for record in found[:MOST]}
        self.is_cut = len(found) > MOST
        self.otherwise = otherwise
        choices = [(key, _listed(record)) for key, record in self.records.items()]
        only = required and len(choices) == 1  # nothing to choose: it is chosen
        first = [] if only else [("", _("Choose…") if required else _("not said"))]
        super().__init__(label=label, choices=[*first, *choices], required=required)

    def clean(self, value: Any) -> Model | None:
        """The record that was chosen."""
        key: str = super().clean(value)
        return self.records[key] if key else None


def _listed(record: Model) -> str:
    """A record in a list; who keeps the books looks for accounts and funds by their codes."""
    name = name_of(record).say(said.language())
    return f"{record.code} {name}" if isinstance(record, (Account, Fund)) else name


@dataclass(frozen=True, slots=True)
class Scan:
    """A file as it was sent: kept as evidence before the action is done, so that nothing is lost if it is refused."""

    content: bytes | None
    kept: Evidence | None
    signed_by: str
    is_personal: bool
    label: Name


@dataclass(frozen=True, kw_only=True)
class Paper(Question):
    """A scan or photo of a paper: the file, who signed it, and whether it shows persons."""

    role: Name | Callable[[About], Name] = field(default_factory=lambda: Name(en="paper", km="ឯកសារ"))
    is_signed: bool = False

    def called(self, about: About) -> Name:
        """Which paper it is."""
        return self.role(about) if callable(self.role) else self.role

    def title(self, about: About) -> str:
        """Of which paper a scan or photo is asked for."""
        return _("Scan or photo: %(paper)s") % {"paper": self.called(about).say(said.language())}

    def fields(self, about: About) -> dict[str, forms.Field]:
        """The file, or the one that was kept a moment ago; who signed; whether it shows persons."""
        fields: dict[str, forms.Field] = {
            "": forms.FileField(
                label=_("File"),
                required=False,
                widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,application/pdf"}),
            ),
            "kept": KeptField(about),
        }
        if self.is_signed:
            fields["signed_by"] = forms.CharField(label=_("Signed by"), max_length=300, required=False)
        fields["is_personal"] = forms.BooleanField(
            label=_("It shows persons (faces, thumbprints, telephones)"), required=False
        )
        return fields

    def answer(self, typed: Answers, about: About) -> Scan | None:
        """What was sent; None where nothing was, and nothing had to be."""
        file, kept = typed[""], typed["kept"]
        if not file and not kept:
            return None
        return Scan(
            content=file.read() if file else None,
            kept=None if file else kept,
            signed_by=typed.get("signed_by", ""),
            is_personal=typed["is_personal"],
            label=self.called(about),
        )

    def missing(self, typed: Answers) -> bool:
        """Whether a paper that is needed was not sent."""
        return self.is_required and not typed.get("") and not typed.get("kept")


@dataclass(frozen=True, kw_only=True)
class Copy(Question):
    """A file of which the action itself keeps the content."""

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """The file."""
        widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg,application/pdf"})
        return {"": forms.FileField(label=self.label, required=self.is_required, widget=widget)}

    def answer(self, typed: Answers, _about: About) -> bytes:
        """Its bytes."""
        content: bytes = typed[""].read()
        return content


class KeptField(forms.CharField):
    """A file that was kept when the form was sent before, by the same person: its id, signed for them."""

    widget = forms.HiddenInput

    def __init__(self, about: About) -> None:
        self.about = about
        super().__init__(required=False, label="")

    def clean(self, value: Any) -> Evidence | None:
        """The evidence; nothing where the id was not signed for this person."""
        try:
            uid, user = KEPT.unsign_object(super().clean(value) or "")
        except (BadSignature, ValueError):
            return None
        return evidence_called(UUID(uid)) if user == self.about.user.pk else None


def kept_for(user: User, piece: Evidence) -> str:
    """How a form names a file that is kept already."""
    return KEPT.sign_object([str(piece.uid), user.pk])
