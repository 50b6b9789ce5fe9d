"""Why somebody may, or may not, do a verb to a record: every reason, by its name, and whom to ask.

`Permission` answers yes or no while something is written; this explains the answer to whoever stands before the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, Q
from django.utils import timezone

from laar.base.access import Permission, covers, place_of
from laar.base.models import Programme, Role, User
from laar.base.people.queries import EVERYWHERE, secured_role
from laar.base.readers import Eyes, eyes_of
from laar.base.rules import ROLES, ByAnotherThan, Verb
from laar.kit.names import Name, listed, name_of
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, machines

refusal(
    "access.none_of_these",
    en="You hold none of the roles that do this ({roles}). Ask somebody who does.",
    km="អ្នកមិនមានតួនាទីណាដែលធ្វើការនេះទេ ({roles})។ សូមសួរអ្នកដែលមាន។",
    status=403,
)
refusal(
    "access.not_yet",
    en="You are {role} only from {since} on. Wait until then, or ask somebody who is it today.",
    km="អ្នកជា {role} ចាប់ពី {since} ទៅប៉ុណ្ណោះ។ សូមរង់ចាំ ឬសួរអ្នកដែលមានតួនាទីនេះថ្ងៃនេះ។",
    status=403,
)
refusal(
    "access.no_longer",
    en="You were {role} until {until}; the role has ended.",
    km="អ្នកជា {role} រហូតដល់ {until}; តួនាទីបានបញ្ចប់។",
    status=403,
)
refusal(
    "access.other_programme",
    en="You are {role} in {mine}; this belongs to {theirs}.",
    km="អ្នកជា {role} ក្នុង {mine}; ការនេះជារបស់ {theirs}។",
    status=403,
)
refusal(
    "access.other_area",
    en="You are {role} for the area {area}; this is about {place}.",
    km="អ្នកជា {role} សម្រាប់តំបន់ {area}; ការនេះអំពី {place}។",
    status=403,
)
refusal(
    "access.no_second_factor",
    en="As {role} you need a second factor, and have not set one up yet. Set it up in the settings.",
    km="ក្នុងនាមជា {role} អ្នកត្រូវមានកត្តាទីពីរ ហើយមិនទាន់រៀបចំទេ។ សូមរៀបចំក្នុងការកំណត់។",
    status=403,
)
refusal(
    "access.other_state",
    en="It is {state} just now; “{verb}” is done from: {possible}.",
    km="ឥឡូវនេះស្ថិតក្នុងស្ថានភាព «{state}»; «{verb}» ធ្វើពី៖ {possible}។",
)
#: A record that has no place of its own.
ALL_OF_IT = Name(en="the whole programme", km="កម្មវិធីទាំងមូល")


@dataclass(frozen=True, slots=True)
class Why:
    """The answer: by which role somebody may, or every reason why not; and who can, as far as the asker may know."""

    verb: Verb
    record: Model
    #: The role that reaches the record; None for what everybody does about their own account, and where none does.
    by_role: Role | None
    reasons: list[Refusal]
    ask: list[User]

    @property
    def may(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.reasons

    @property
    def is_about_rights(self) -> bool:
        """Whether somebody else could do it now; where the record is not ready for it, nobody can."""
        return any(no.code != "access.other_state" for no in self.reasons)


def why(user: User, verb: Verb, record: Model, at: datetime) -> Why:
    """Why a user may, or may not, do this to this record at this instant."""
    day = timezone.localtime(at).date()
    permission = Permission(user, verb, at)
    role = None if verb.own else next((one for one in permission.roles if _covers(one, verb, record)), None)
    reasons = list(_of_access(user, verb, record, day, reached=permission.reaches(record)))
    reasons += _of_factor(user, role)
    steps = _steps(verb, record)
    reasons += _of_state(verb, record, steps)
    reasons += _of_four_eyes(user, record, steps)
    return Why(verb, record, role, reasons, _who_can(user, verb, record, day, steps) if reasons else [])


def _covers(role: Role, verb: Verb, record: Model) -> bool:
    return covers(role, record, anywhere=verb.anywhere)


def _of_access(user: User, verb: Verb, record: Model, day: date, *, reached: bool) -> Iterator[Refusal]:
    """What of account, role, time, programme and area is missing."""
    if not user.is_active:
        yield Refusal("access.not_active", who=user.name)
    elif reached:
        return
    elif verb.own:
        yield Refusal("access.not_own", verb=verb.label, who=name_of(record))
    else:
        held = list(user.roles.filter(role__in=verb.roles).select_related("programme").order_by("id"))
        if not held:
            yield Refusal("access.none_of_these", roles=_said(verb))
        for role in held:
            yield _lacking(role, record, day)


def _lacking(role: Role, record: Model, day: date) -> Refusal:
    """Why one role does not do it, though it is one of those that do."""
    called = ROLES[role.role]
    if role.until is not None and role.until <= day:
        return Refusal("access.no_longer", role=called, until=role.until)
    if role.since > day:
        return Refusal("access.not_yet", role=called, since=role.since)
    mine, theirs = role.programme, _programme_of(record)
    if mine is not None and getattr(record, "programme_id", mine.pk) != mine.pk:
        whose = theirs.name if theirs else EVERYWHERE
        return Refusal("access.other_programme", role=called, mine=mine.name, theirs=whose)
    place = place_of(record)
    return Refusal("access.other_area", role=called, area=role.place, place=place or ALL_OF_IT)


def _of_factor(user: User, role: Role | None) -> Iterator[Refusal]:
    if role and user.secured_on is None and secured_role(user, [role.role]):
        yield Refusal("access.no_second_factor", role=ROLES[role.role])


def _steps(verb: Verb, record: Model) -> list[Transition]:
    """The rows of the record's state table that take this verb."""
    noun, _, imperative = verb.code.partition(".")
    if not hasattr(record, "state") or record._meta.model_name != noun:
        return []
    tables = {one.noun: one for one in machines()}
    table = tables.get(getattr(record, "kind", "")) or tables.get(noun)  # a kind may have steps of its own
    return [step for step in table.steps if step.verb == imperative] if table else []


def _of_state(verb: Verb, record: Model, steps: list[Transition]) -> Iterator[Refusal]:
    state = getattr(record, "state", None)
    if steps and all(step.source != state for step in steps):
        states = next(one.states for one in machines() if any(step in one.steps for step in steps))
        sources = listed(states[step.source] for step in steps)
        yield Refusal("access.other_state", verb=verb.label, state=states[str(state)], possible=sources)


def _of_four_eyes(user: User, record: Model, steps: list[Transition]) -> Iterator[Refusal]:
    """Whether the user did a step before, which somebody else must have done."""
    for guard in _eyes(record, steps):
        if getattr(record, f"{guard.column}_id", None) == user.pk:
            yield Refusal("access.same_person", who=user.name, step=guard.did)


def _eyes(record: Model, steps: list[Transition]) -> Iterator[ByAnotherThan]:
    for step in steps:
        if step.source == getattr(record, "state", None):
            yield from (guard for guard in step.guards if isinstance(guard, ByAnotherThan))


def _who_can(asker: User, verb: Verb, record: Model, day: date, steps: list[Transition]) -> list[User]:
    """Who could, by role and four eyes. Colleagues of a programme know each other; nobody else gets names, also where
    the record belongs to all programmes.
    """
    programme = _programme_of(record)
    eyes = eyes_of(asker)
    if not eyes.held or (programme is not None and not eyes.inside(programme)):
        return []
    did = {getattr(record, f"{guard.column}_id", None) for guard in _eyes(record, steps)}
    held = Role.objects.filter(Q(until=None) | Q(until__gt=day), role__in=verb.roles, since__lte=day)
    held = held.filter(user__is_active=True).exclude(user__in=[asker.pk, *(one for one in did if one)])
    known = [role for role in held.select_related("user", "programme").order_by("id") if _known(eyes, role)]
    return list(dict.fromkeys(role.user for role in known if _covers(role, verb, record)))


def _known(eyes: Eyes, role: Role) -> bool:
    """Whether a reader works where somebody holds a role; whoever holds one in all programmes is a colleague of all."""
    return role.programme is None or eyes.inside(role.programme)


def _programme_of(record: Model) -> Programme | None:
    programme = getattr(record, "programme", None)
    return programme if isinstance(programme, Programme) else None


def _said(verb: Verb) -> Name:
    return listed(ROLES[role] for role in sorted(verb.roles))
