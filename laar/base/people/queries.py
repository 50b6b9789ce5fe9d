"""Reads about the people who work here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from laar.base.access import covers, visible
from laar.base.clock import today
from laar.base.models import Invitation, Programme, Role, TrailLine, User
from laar.base.people.rules import invitation_holds
from laar.base.people.tokens import digest_of
from laar.base.readers import Eyes, Reader, roles_on
from laar.base.rules import ANSWERS, ROLES, SECURED
from laar.kit.names import Name, listed
from laar.kit.refusals import Refusal

#: All programmes, now and later.
EVERYWHERE = Name(en="all programmes", km="កម្មវិធីទាំងអស់")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here, as the page of users shows it."""

    user: User
    roles: list[Role]
    #: The newest one, if there is any.
    invitation: Invitation | None

    @property
    def state(self) -> Literal["closed", "active", "invited", "waiting"]:
        """Closed; gets in with a password (or, fictional, steps in); has a link; has neither."""
        if not self.user.is_active:
            return "closed"
        if self.steps_in or self.user.has_usable_password():
            return "active"
        return "invited" if self.holds else "waiting"

    @property
    def steps_in(self) -> bool:
        """Whether one comes in as this person without a password: invented, and invited by nobody."""
        return self.user.is_fictional and self.invitation is None

    @property
    def holds(self) -> bool:
        """Whether there is a link that somebody could use."""
        last = self.invitation
        return last is not None and invitation_holds(last.until, last.accepted_on, today())


def open_invitation(token: str) -> Invitation:
    """The invitation with a token, if it holds: the newest of its user, used by nobody, not expired, account open.

    Raises Refusal `invitation.not_open`, the same for every reason: a link says nothing to whoever tries some.
    """
    found = Invitation.objects.select_related("user").filter(digest=digest_of(token)).first()
    if found is None or not is_open(found):
        raise Refusal("invitation.not_open")
    return found


def newest_invitation(user: User) -> Invitation:
    """The one invitation of a user that may hold."""
    return Invitation.objects.filter(user=user).latest("id")


def is_open(invitation: Invitation) -> bool:
    """Whether an invitation may be accepted."""
    return (
        may_come_in(invitation.user)
        and invitation_holds(invitation.until, invitation.accepted_on, today())
        and not Invitation.objects.filter(user_id=invitation.user_id, pk__gt=invitation.pk).exists()
    )


def secured_role(user: User, held: Iterable[str]) -> str | None:
    """The role for which somebody must have a second factor; None where none asks for it.

    Nobody needs one who only steps into a demonstration; who practises the way in with a password does.
    """
    steps_in = user.is_fictional and not user.has_usable_password()
    return None if steps_in else min(SECURED & set(held), default=None)


def needs_second_factor(user: User, eyes: Eyes) -> bool:
    """Whether somebody has to set up a second factor before anything else."""
    return user.secured_on is None and secured_role(user, (one.role for one in eyes.held)) is not None


def administered(user: User | None) -> list[Role]:
    """The roles by which somebody is an administrator today, of all of a programme or of all programmes."""
    if user is None or not user.is_active:
        return []
    return list(roles_on(user, today()).filter(role="administrator", place="").select_related("programme"))


def programmes_administered(user: User) -> list[Programme]:
    """Where somebody may let others work."""
    roles = administered(user)
    if any(role.programme_id is None for role in roles):
        return list(Programme.objects.order_by("id"))
    return [role.programme for role in roles if role.programme is not None]


def colleagues_of(user: User) -> list[Colleague]:
    """Those whom an administrator looks after: who works in a programme of theirs, or nowhere yet."""
    return [_colleague(one) for one in _looked_after(user)]


def colleague_of(user: User, username: str) -> Colleague:
    """One of them, by user name. Raises Refusal `record.not_found`."""
    for one in _looked_after(user).filter(username=username):
        return _colleague(one)
    raise Refusal("record.not_found")


def _looked_after(user: User) -> QuerySet[User]:
    """Each of them once, with roles and invitations."""
    mine = administered(user)
    people = User.objects.order_by("-is_active", "name_en", "id").prefetch_related(
        Prefetch("roles", Role.objects.select_related("programme").order_by("since", "id")),
        Prefetch("invitations", Invitation.objects.order_by("id")),
    )
    if not mine:
        return people.none()
    if any(role.programme_id is None for role in mine):
        return people
    held = Role.objects.filter(user=OuterRef("pk"))
    own = held.filter(programme__in=[role.programme_id for role in mine])
    return people.filter(Exists(own) | ~Exists(held))


def _colleague(user: User) -> Colleague:
    return Colleague(user, list(user.roles.all()), next(reversed(user.invitations.all()), None))


def looked_after_by(by: User | None, user: User) -> None:
    """Refuse an administrator who doesn't look after all that a user does or is going to do: whoever opens an account
    could use it, also on the day on which the next role begins.

    `by=None` is the installation. Raises Refusal `user.works_elsewhere`, `user.invented`.
    """
    if by is None:
        return
    refuse_invented(by, user)
    mine = administered(by)
    held = user.roles.filter(Q(until=None) | Q(until__gt=today())).select_related("programme").order_by("id")
    others = [role for role in held if not any(_includes(one, role) for one in mine)]
    if others:
        where = listed(role.programme.name if role.programme else EVERYWHERE for role in others)
        raise Refusal("user.works_elsewhere", who=user.name, where=where)


def refuse_invented(by: User | None, user: User) -> None:
    """Refuse that somebody invented lets in somebody real, who would stay when the demonstration is over.

    Raises Refusal `user.invented`.
    """
    if by is not None and by.is_fictional and not user.is_fictional:
        raise Refusal("user.invented", who=user.name, by=by.name)


def outgrown_invitation(user: User, role: Role) -> Invitation | None:
    """The link that somebody holds, where whoever made it does not look after a new role: they know the link, and could
    use it. One that the installation printed is nobody's.
    """
    last = Invitation.objects.filter(user=user).order_by("-id").first()
    if last is None or not is_open(last):
        return None
    made = TrailLine.objects.select_related("by").get(
        verb="user.invite", table=Invitation._meta.label_lower, key=last.pk
    )
    reaches = made.by is None or any(_includes(one, role) for one in administered(made.by))
    return None if reaches else last


def belongs_to_the_cast(user: User) -> bool:
    """Whether somebody invented came with the demonstration, and was not registered by another who practises there."""
    lines = TrailLine.objects.filter(verb="user.register", table=User._meta.label_lower, key=user.pk, by=None)
    return user.is_fictional and lines.exists()


def _includes(administrator: Role, role: Role) -> bool:
    if role.programme_id is None:
        return administrator.programme_id is None
    return covers(administrator, role, anywhere=True)


def administrates(role: Role) -> bool:
    """Whether somebody lets others in by this role."""
    return role.role == "administrator" and role.place == ""


def keep_an_administrator(roles: Iterable[Role], until: date) -> None:
    """Refuse to take roles away from a day on, if one of them is then the last by which somebody is let in.

    Call it with the installation locked: two who go at one moment would each count the other. Raises Refusal
    `user.last_administrator`.
    """
    for role in roles:
        if administrates(role) and not _others(role, until).exists():
            where = role.programme.name if role.programme else EVERYWHERE
            raise Refusal("user.last_administrator", who=role.user.name, where=where)


def _others(role: Role, until: date) -> QuerySet[Role]:
    """By which others administrate what this role does, today and still when it has ended; who can't get in is nobody."""
    there = Q(programme=None) | Q(programme=role.programme_id) if role.programme_id else Q(programme=None)
    held = Q(until=None) | Q(until__gt=max(until, today()))
    found = Role.objects.filter(there, held, role="administrator", place="", since__lte=today(), user__is_active=True)
    if not is_demonstration():
        found = found.exclude(user__is_fictional=True)
    return found.exclude(user=role.user_id)


def held_today(user: User, day: date | None = None) -> list[str]:
    """The roles of a user today, by their keys."""
    return sorted(set(roles_on(user, day or today()).values_list("role", flat=True)), key=list(ROLES).index)


def people_who_get_in(programme: Programme) -> QuerySet[User]:
    """Who can sign in today and holds a role in a programme: with a password, or invented for a demonstration."""
    return _who_get_in(_held_by_somebody(Q(programme=None) | Q(programme=programme)))


def who_else_answers(user: User, programme: Programme | None) -> QuerySet[User]:
    """Who beside somebody gets in and is administrator or manager of all of a programme (None: of any)."""
    return _others_who_answer(user, Q(programme=None) | Q(programme=programme) if programme else Q())


def is_alone(user: User) -> bool:
    """Whether nobody else would answer for a programme that somebody founds."""
    return not _others_who_answer(user, Q(programme=None)).exists()


def _others_who_answer(user: User, there: Q) -> QuerySet[User]:
    roles = _held_by_somebody(there).filter(role__in=ANSWERS, place="").exclude(user=user)
    people = _who_get_in(roles).order_by("id")
    return people if is_demonstration() else people.exclude(is_fictional=True)


def own_gifts(reader: Reader) -> QuerySet[Role]:
    """The roles of today, as far as a reader may see them, that somebody alone gave to themselves."""
    return (
        visible(reader, _held_by_somebody(Q()).filter(is_own_gift=True))
        .select_related("user", "programme")
        .order_by("id")
    )


def _held_by_somebody(there: Q) -> QuerySet[Role]:
    return Role.objects.filter(there, Q(until=None) | Q(until__gt=today()), since__lte=today())


def _who_get_in(roles: QuerySet[Role]) -> QuerySet[User]:
    steps_in = Q(is_fictional=True, invitations=None)
    may = steps_in | ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return User.objects.filter(may, is_active=True, pk__in=roles.values("user"))


def is_demonstration() -> bool:
    """Whether this house holds demonstrations and nothing else: then anybody may step in as somebody invented."""
    kinds = set(Programme.objects.values_list("is_demo", flat=True))
    return kinds == {True}


def may_come_in(user: User) -> bool:
    """Whether somebody can be signed in: with an open account, and who was invented only where all is invented."""
    return user.is_active and (not user.is_fictional or is_demonstration())


def invented() -> list[Colleague]:
    """Whom one may step in as: the fictional users of a demonstration who hold a role today, and were never invited.

    Empty as soon as a real programme is in this house.
    """
    if not is_demonstration():
        return []
    held = Role.objects.filter(Q(until=None) | Q(until__gt=today()), since__lte=today()).select_related("programme")
    people = User.objects.filter(is_fictional=True, is_active=True, invitations=None, roles__in=held)
    people = people.distinct().order_by("id")
    people = people.prefetch_related(Prefetch("roles", held.order_by("id")))
    return [Colleague(one, list(one.roles.all()), None) for one in people]
