"""To what a verb is done, and whether whoever asks may do it at all."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from laar.base.access import Permission, visible
from laar.base.act import actions
from laar.base.clock import now, today
from laar.base.models import Programme, User
from laar.base.rules import ROLES, Verb, verb_of
from laar.base.signatures import subject_of, takes
from laar.base.trail import version_of
from laar.desk.page import programme, reader
from laar.desk.verbs.asks import ELSEWHERE
from laar.desk.verbs.questions import About
from laar.kit.names import listed
from laar.kit.refusals import Refusal
from laar.results.cards import record_called
from laar.results.queries.steps import machine_of, step_words, steps_from_here


def about(request: HttpRequest, code: str, kind: str, key: int, user: User) -> About:
    """What a form is about. Raises Refusal `record.not_found`, `access.no_role`, `state.no_such_step`."""
    if code not in actions() or code in ELSEWHERE:
        raise Refusal("record.not_found")
    verb, model = verb_of(code), subject_of(code)
    if model in (None, Programme):
        here = programme(request)
        _may_somewhere(user, verb, here)
        return About(code, here, user, here if model else None)
    version = version_of(model(pk=key)) if model and model is not Model and takes(code, "seen") else None
    record = _record(request, model, kind, key)
    Permission(user, verb, now()).require(record, today())
    _from_here(record, verb)
    return About(code, _programme_of(request, record), user, record, version=version)


def _record(request: HttpRequest, model: type[Model] | None, kind: str, key: int) -> Model:
    if model is None or model is Model:  # a paper can be added to anything
        return record_called(kind, key, reader(request))
    found = visible(reader(request), model._default_manager.filter(pk=key)).first()
    if found is None or kind != model._meta.model_name:
        raise Refusal("record.not_found")
    return found


def _programme_of(request: HttpRequest, record: Any) -> Programme:
    found = getattr(record, "programme", None)
    return found if isinstance(found, Programme) else programme(request)


def _may_somewhere(user: User, verb: Verb, here: Programme) -> None:
    """What it makes has its place only when it is said: until then it takes the role anywhere in the programme."""
    if any(role.programme_id in (None, here.pk) for role in Permission(user, verb, now()).roles):
        return
    roles = listed(ROLES[role] for role in sorted(verb.roles))
    raise Refusal("access.no_role", who=user.name, verb=verb.label, roles=roles, whom=ROLES["administrator"])


def _from_here(record: Model, verb: Verb) -> None:
    """Whether the step leaves the state in which the record is; said before anything is typed."""
    noun, word = verb.code.split(".")
    table = machine_of(record)
    if table is None or noun != record._meta.model_name or word not in step_words(type(record)):
        return
    state = record.state  # type: ignore[attr-defined]  # what has a table of states has a state
    if word not in table.verbs_from(state):
        possible = listed(one.label for one in steps_from_here(record, table))
        raise Refusal(
            "state.no_such_step", record=getattr(record, "name", record), state=table.states[state],
            verb=verb.label, possible=possible,
        )  # fmt: skip
