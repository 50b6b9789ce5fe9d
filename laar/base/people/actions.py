"""Writes about the people who work here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.clock import today
from laar.base.models import Invitation, User
from laar.base.people.factors import forget_factors
from laar.base.people.passwords import require_good
from laar.base.people.queries import (
    administrates,
    belongs_to_the_cast,
    held_today,
    is_open,
    keep_an_administrator,
    looked_after_by,
    secured_role,
)
from laar.base.people.rules import INVITED_FOR
from laar.base.people.tokens import digest_of
from laar.base.queries import installation
from laar.base.readers import roles_on
from laar.base.rules import ROLES
from laar.kit.refusals import Refusal


@action("user.invite")
def invite_user(user: User, *, token: str, by: User | None, on: date, command: UUID | None = None) -> Invitation:
    """Give somebody a link into their account; the one before holds no longer. Only the digest of `token` is kept.

    Raises Refusal `user.fictional` for whom one steps in as, `user.invented`, `access.not_active`,
    `user.works_elsewhere`.
    """
    with act(by, "user.invite", user, on=on, command=command) as step:
        user = step.subject
        if belongs_to_the_cast(user):
            raise Refusal("user.fictional", who=user.name)
        if not user.is_active:
            raise Refusal("access.not_active", who=user.name)
        looked_after_by(by, user)
        return step.create(Invitation(user=user, digest=digest_of(token), until=today() + INVITED_FOR))


@action("invitation.accept")
def accept_invitation(
    invitation: Invitation, *, password: str, by: User, on: date, command: UUID | None = None
) -> Invitation:
    """Choose a password with the link; the link holds no longer. Done by whose account it is.

    The account is locked first, as where a new link is made: an old one never wins against it. Raises Refusal
    `invitation.not_open`, `password.short`, `password.common`, `password.like_name`.
    """
    with act(by, "invitation.accept", invitation.user, on=on, command=command) as step:
        user, invitation = step.subject, step.result(step.lock(invitation))
        if not is_open(invitation):
            raise Refusal("invitation.not_open")
        require_good(password, user)
        user.set_password(password)
        step.save(user)
        invitation.accepted_on = today()
        step.save(invitation)
    return invitation


@action("password.change")
def change_password(user: User, *, password: str, by: User, on: date, command: UUID | None = None) -> User:
    """Choose another password. That it was changed is written down, neither the old one nor the new."""
    with act(by, "password.change", user, on=on, command=command) as step:
        user = step.subject
        if not user.has_usable_password():
            raise Refusal("password.none", who=user.name)
        require_good(password, user)
        user.set_password(password)
        step.save(user)
    return user


@action("user.secure")
def secure_user(user: User, *, by: User, on: date, command: UUID | None = None) -> User:
    """Write down that from now on a second factor is asked for. Its secret is the sign-in library's."""
    with act(by, "user.secure", user, on=on, command=command) as step:
        user = step.subject
        if user.secured_on is not None:
            raise Refusal("user.secured_already", who=user.name)
        user.secured_on = today()
        step.save(user)
    return user


@action("user.unsecure")
def unsecure_user(user: User, *, by: User, on: date, command: UUID | None = None) -> User:
    """Give up the second factor. Raises Refusal `user.must_be_secured` for whoever has to have one."""
    with act(by, "user.unsecure", user, on=on, command=command) as step:
        user = step.subject
        if user.secured_on is None:
            raise Refusal("user.not_secured", who=user.name)
        if role := secured_role(user, held_today(user)):
            raise Refusal("user.must_be_secured", role=ROLES[role])
        user.secured_on = None
        step.save(user)
    return user


@action("factor.reset")
def reset_factor(user: User, *, token: str, by: User | None, on: date, command: UUID | None = None) -> User:
    """Telephone lost: the second factor is removed, and so is the password, which must not open the door alone.

    Whoever is signed in with it is signed out; the link leads to a new password and a new second factor.
    Raises Refusal `user.not_secured`, and those of `invite_user`.
    """
    with act(by, "factor.reset", user, on=on, command=command) as step:
        user = step.subject
        if user.secured_on is None:
            raise Refusal("user.not_secured", who=user.name)
        user.secured_on = None
        user.set_unusable_password()
        step.save(user)
        forget_factors(user)
        invite_user(user, token=token, by=by, on=on)
    return user


@action("user.close")
def close_user(user: User, *, by: User, on: date, command: UUID | None = None) -> User:
    """Let somebody in no longer; at once, also where they are signed in. Roles stay as they were.

    Raises Refusal `user.yourself`, `user.closed_already`, `user.works_elsewhere`, `user.last_administrator`.
    """
    with act(by, "user.close", user, on=on, command=command) as step:
        user = step.subject
        if user == by:
            raise Refusal("user.yourself")
        if not user.is_active:
            raise Refusal("user.closed_already", who=user.name)
        looked_after_by(by, user)
        held = list(roles_on(user, today()).select_related("programme"))
        if any(administrates(role) for role in held):
            step.lock(installation())  # two administrators who close each other come one after the other
        keep_an_administrator(held, until=today())
        user.is_active = False
        step.save(user)
    return user


@action("user.reopen")
def reopen_user(user: User, *, by: User, on: date, command: UUID | None = None) -> User:
    """Let somebody in again, with the password from before. Raises Refusal `user.open_already`, `user.works_elsewhere`."""
    with act(by, "user.reopen", user, on=on, command=command) as step:
        user = step.subject
        if user.is_active:
            raise Refusal("user.open_already", who=user.name)
        looked_after_by(by, user)
        user.is_active = True
        step.save(user)
    return user
