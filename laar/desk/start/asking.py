"""How a first step asks: its form, sent, done in one transaction, or shown again with everything that was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from laar.base.models import Programme, User
from laar.base.queries import line_of_command, programmes_for
from laar.desk.page import programme, reader, user
from laar.desk.verbs.form import AskForm
from laar.desk.verbs.questions import About, Question
from laar.desk.verbs.sent import command_of
from laar.kit.refusals import Refusal
from laar.results.first_steps import FirstStep, first_steps

#: Who sets a programme up.
BEGINNERS = ("administrator", "manager")


@dataclass(frozen=True, slots=True)
class Beginner:
    """Who sets up which programme; None where none is founded yet."""

    user: User
    programme: Programme | None

    @property
    def its(self) -> Programme:
        """The programme that is there. Raises Refusal `record.not_found`."""
        if self.programme is None:
            raise Refusal("record.not_found")
        return self.programme


def beginner(request: HttpRequest) -> Beginner:
    """Who is signed in, as administrator or manager of all of a programme. Raises Refusal `record.not_found`."""
    who, eyes = user(request), reader(request)
    shown = programme(request) if programmes_for(eyes) else None
    key = shown.pk if shown else None
    mine = [one for one in eyes.held if one.role in BEGINNERS and not one.place and one.programme in (None, key)]
    if who is None or not mine:
        raise Refusal("record.not_found")
    return Beginner(who, shown)


#: Does what was asked for, with the answers, by whom, as which command.
Do = Callable[[dict[str, Any], Beginner, UUID], object]


def ask(
    request: HttpRequest,
    key: str,
    questions: Mapping[str, Question],
    do: Do,
    *,
    template: str = "desk/start/step.html",
    onward: str = "first_steps",
    initial: Mapping[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """The form of a step. What it does is one transaction; a Refusal shows it again, with what was typed."""
    who = beginner(request)
    about = About(verb="", programme=who.programme or Programme(), user=who.user)
    nonce, refusal = request.POST.get("nonce") or str(uuid4()), None
    is_sent = request.method == "POST" and "more" not in request.POST  # more rows are asked for: nothing is judged yet
    typed = request.POST.dict() if request.method == "POST" else _filled(questions, initial)
    form = AskForm(about, questions, request.POST if is_sent else None, initial=typed)
    if is_sent and form.is_valid():
        answers, command = form.answers(), command_of(request)
        if not form.errors:
            try:
                with transaction.atomic():
                    do(answers, who, command)
                return redirect(f"{reverse(onward)}?done={command}")
            except Refusal as no:
                refusal = no
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(
        request,
        template,
        {**step_page(request, key), "form": form, "nonce": nonce, "refusal": refusal, **more},
        status=status,
    )


def step_page(request: HttpRequest, key: str) -> dict[str, Any]:
    """What every page of a step shows: which it is, how it stands, and what was done a moment ago."""
    who = beginner(request)
    step: FirstStep = next(one for one in first_steps(who.programme) if one.key == key)
    return {"step": step, "programme": who.programme, "done": line_of_command(request.GET.get("done", ""), who.user)}


def _filled(questions: Mapping[str, Question], values: Mapping[str, Any] | None) -> dict[str, Any]:
    filled = {}
    for name, value in (values or {}).items():
        for ending, text in questions[name].shown(value).items():
            filled[f"{name}-{ending}" if ending else name] = text
    return filled
