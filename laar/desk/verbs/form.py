"""The form of a verb: its questions in the order of the action, put together from the table of questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from laar.base.signatures import parameters_of
from laar.desk import said
from laar.desk.verbs.asks import CORRECTS, FIRST, question_for
from laar.desk.verbs.questions import About, Question
from laar.kit.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Group:
    """A question as it stands on the page: its words, and its fields."""

    name: str
    question: Question
    label: Any
    fields: list[forms.BoundField]

    @property
    def hint(self) -> Any:
        """What helps to answer it."""
        return self.question.hint

    @property
    def is_one(self) -> bool:
        """Whether it is one field, whose label is the question."""
        return len([one for one in self.fields if not one.is_hidden]) == 1

    @property
    def table(self) -> Any:
        """Its fields in rows and columns, where they stand so on the paper; None for most questions."""
        lay = getattr(self.question, "table", None)
        return lay(self.fields) if lay else None

    @property
    def errors(self) -> list[str]:
        """What is wrong with any of its fields."""
        return [str(error) for one in self.fields for error in one.errors]

    @property
    def first_id(self) -> str:
        """Where a link in the summary of errors leads."""
        return str(self.fields[0].id_for_label or self.fields[0].auto_id)


class AskForm(forms.Form):
    """Some questions, in their order."""

    use_required_attribute = False  # what is missing is said in our words, and nothing that was typed is lost

    def __init__(self, about: About, questions: Mapping[str, Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.questions = {name: one for name, one in questions.items() if one.when(about)}
        for name, question in self.questions.items():
            fields = question.fields(about)
            for ending, field in fields.items():
                field.required = field.required and question.is_required
                field.help_text = question.hint if len(fields) == 1 else ""
                self.fields[f"{name}-{ending}" if ending else name] = field
        for field in self.fields.values():
            field.error_messages.update(said_wrong())

    @property
    def groups(self) -> list[Group]:
        """The questions with their fields, in their order."""
        return [
            Group(name, question, question.title(self.about), [self[key] for key in self.fields if _belongs(key, name)])
            for name, question in self.questions.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Say what is missing where a question has several fields."""
        cleaned = super().clean() or {}
        for name, question in self.questions.items():
            missing = getattr(question, "missing", None)
            if missing and missing(self._typed(name)) and not any(key in self.errors for key in self._keys(name)):
                self.add_error(self._keys(name)[0], _("This is needed."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the action is told. A Refusal while an answer is made becomes the error of its question."""
        told = {}
        for name, question in self.questions.items():
            try:
                told[name] = question.answer(self._typed(name), self.about)
            except Refusal as no:
                self.add_error(self._keys(name)[0], no.text.say(said.language()))
        return told

    def _keys(self, name: str) -> list[str]:
        return [key for key in self.fields if _belongs(key, name)]

    def _typed(self, name: str) -> Mapping[str, Any]:
        return {key.removeprefix(name).removeprefix("-"): self.cleaned_data.get(key) for key in self._keys(name)}


class DeedForm(AskForm):
    """The questions of a verb, except those that were asked first."""

    def __init__(self, about: About, *args: Any, only: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(about, dict(_asked(about.verb, only)), *args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = about.verb in CORRECTS  # what was there when it was opened comes back with it

    def answers(self) -> dict[str, Any]:
        """What the action is told; what was left empty and has a value of its own is not."""
        optional = {one.name for one in parameters_of(self.about.verb) if one.has_default}
        return {name: value for name, value in super().answers().items() if value is not None or name not in optional}


class FirstForm(DeedForm):
    """What has to be known before the rest can be asked; it is sent in the address."""

    def __init__(self, about: About, *args: Any, **kwargs: Any) -> None:
        super().__init__(about, *args, only=FIRST[about.verb], **kwargs)


def _asked(verb: str, only: tuple[str, ...]) -> Iterator[tuple[str, Question]]:
    first = FIRST.get(verb, ())
    for parameter in parameters_of(verb):
        if (parameter.name in only) if only else (parameter.name not in first):
            question = question_for(verb, parameter.name)
            if question:
                yield parameter.name, question


def said_wrong() -> dict[str, str]:
    """What the framework finds wrong, in our words and in the language of the page."""
    return {
        "required": _("This is needed."),
        "invalid": _("This can't be read. Write it as in the example beside it."),
        "invalid_choice": _("This can't be chosen any more. Choose again."),
        "max_length": _("This is too long. Shorten it."),
        "null_characters_not_allowed": _("There are signs in it that can't be kept. Type it anew."),
        "empty": _("The file is empty. Choose it again."),
    }


def _belongs(key: str, name: str) -> bool:
    return key == name or key.startswith(f"{name}-")
