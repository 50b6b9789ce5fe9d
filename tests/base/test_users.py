"""The people who work here: invited once, closed at once, and never locked out altogether."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laar.base import act, clock
from laar.base.access import can, visible
from laar.base.actions import (
    end_role,
    found_programme,
    grant_role,
    publish_programme,
    register_user,
    unpublish_programme,
)
from laar.base.clock import today
from laar.base.guard import open_door
from laar.base.models import Installation, Invitation, Programme, Role, TrailLine, TrailRow, User
from laar.base.people.actions import (
    accept_invitation,
    change_password,
    close_user,
    invite_user,
    reopen_user,
    reset_factor,
    secure_user,
    unsecure_user,
)
from laar.base.people.queries import (
    colleague_of,
    colleagues_of,
    invented,
    may_come_in,
    needs_second_factor,
    open_invitation,
    own_gifts,
)
from laar.base.people.tokens import new_token, token_of
from laar.base.readers import eyes_of
from laar.base.rules import ROLES, SECURED, verb_of
from laar.base.why import why
from laar.kit.names import Name
from laar.projects.actions import approve_tranche
from laar.registers.actions import merge_party, register_party
from tests.accounts import PASSWORD, appointed, hired
from tests.refused import refused_without_trace
from tests.thread import Thread


@pytest.fixture
def world(world):
    """The small world with a real administrator: nobody invented lets in anybody real."""
    world.users["invented"] = world.users["admin"]
    world.users["admin"] = appointed("office", "administrator", programme=world.programme)
    return world


@pytest.fixture
def only_demo(world):
    """The small world without its real programme: everything in this house is invented, or practises."""
    with open_door():  # planted, not done
        Role.objects.filter(programme=world.other).delete()
        Programme.objects.filter(pk=world.other.pk).delete()
    return world


def invited(world, username="dara", role="clerk", place="210101"):
    """Somebody with a link: the user, the invitation, its token."""
    user, token = appointed(username, role, programme=world.programme, place=place), new_token()
    return user, invite_user(user, token=token, by=world.admin, on=today()), token


def accepted(invitation, password=PASSWORD):
    return accept_invitation(invitation, password=password, by=invitation.user, on=today())


# ── invitations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_invitation_is_accepted_with_a_password_once(world):
    user, invitation, token = invited(world)
    assert open_invitation(token) == invitation
    accepted(invitation)
    user.refresh_from_db()
    assert check_password(PASSWORD, user.password)
    for again in (lambda: open_invitation(token), lambda: accepted(invitation, "another three ducks")):
        with refused_without_trace("invitation.not_open"):
            again()


def test_an_invitation_holds_for_seven_days_and_no_longer(world):
    _, invitation, token = invited(world)
    last, after = today() + timedelta(days=6), today() + timedelta(days=7)
    for day, holds in ((last, True), (after, False)):
        with clock.simulated(datetime(day.year, day.month, day.day, 5, tzinfo=UTC), "later"):
            if holds:
                assert open_invitation(token) == invitation
            else:
                with refused_without_trace("invitation.not_open"):
                    open_invitation(token)
                with refused_without_trace("invitation.not_open"):
                    accepted(invitation)


def test_a_new_invitation_voids_the_one_before(world):
    user, older, token = invited(world)
    second = new_token()
    newer = invite_user(user, token=second, by=world.admin, on=today())
    with refused_without_trace("invitation.not_open"):
        open_invitation(token)
    with refused_without_trace("invitation.not_open"):
        accepted(older)
    assert open_invitation(second) == newer


def test_nobody_accepts_for_somebody_else(world):
    _, invitation, _ = invited(world)
    with refused_without_trace("access.not_own"):
        accept_invitation(invitation, password=PASSWORD, by=world.admin, on=today())


def test_neither_token_nor_password_stands_anywhere_but_as_a_digest(world):
    user, invitation, token = invited(world)
    accepted(invitation)
    change_password(user, password="four wet ducks", by=user, on=today())
    user.refresh_from_db()
    kept = json.dumps([[row.before, row.after] for row in TrailRow.objects.all()], default=str)
    for secret in (token, PASSWORD, "four wet ducks", invitation.digest, user.password):
        assert secret not in kept
    assert token not in json.dumps(list(Invitation.objects.values()), default=str)
    verbs = TrailLine.objects.filter(by=user).values_list("verb", flat=True)
    assert list(verbs) == ["invitation.accept", "password.change"]


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password.short"),
        ("1234567890", "password.common"),
        ("dara chan dara", "password.like_name"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(world, password, code):
    user, invitation, _ = invited(world)
    with refused_without_trace(code):
        accepted(invitation, password)
    accepted(invitation)
    with refused_without_trace(code):
        change_password(user, password=password, by=user, on=today())


def test_nobody_invented_is_invited(world):
    with refused_without_trace("user.fictional"):
        invite_user(world.users["ang"], token=new_token(), by=world.admin, on=today())


def test_only_administrators_know_of_invitations(world):
    _, invitation, _ = invited(world)
    for name, user in world.users.items():
        assert (invitation in visible(user, Invitation.objects.all())) is (name in {"admin", "invented"}), name


def test_a_user_name_is_written_in_one_way_only(world):
    for wrong in ("Sokha", "sokha chan", "សុខា", "", "-x"):
        with refused_without_trace("user.name_form"):
            register_user(wrong, name=Name("X"), by=None, on=today())
    with refused_without_trace("user.name_taken"):
        register_user("ang", name=Name("X"), by=None, on=today())


def test_an_administrator_opens_no_account_that_reaches_farther_than_their_own_office(world):
    both = appointed("both", "clerk", programme=world.programme, place="210101")
    grant_role(both, role="manager", programme=world.other, since=today(), by=None, on=today())
    everywhere = appointed("everywhere", "auditor", programme=None)
    for user in (both, everywhere):
        for deed in (invite_user, reset_factor):
            secure_user(user, by=user, on=today()) if deed is reset_factor else None
            with refused_without_trace("user.works_elsewhere"):
                deed(user, token=new_token(), by=world.admin, on=today())
        with refused_without_trace("user.works_elsewhere"):
            close_user(user, by=world.admin, on=today())


def test_a_role_that_begins_tomorrow_counts_when_somebody_is_invited_anew(world):
    user = appointed("dara", "clerk", programme=world.programme, place="210101")
    tomorrow = today() + timedelta(days=1)
    grant_role(user, role="manager", programme=world.other, since=tomorrow, by=None, on=today())
    with refused_without_trace("user.works_elsewhere"):
        invite_user(user, token=new_token(), by=world.admin, on=today())
    with refused_without_trace("user.works_elsewhere"):
        close_user(user, by=world.admin, on=today())


def test_a_link_holds_no_longer_when_its_user_gets_a_role_that_who_made_it_does_not_look_after(world):
    there = appointed("there", "administrator", programme=world.other)
    user, invitation, token = invited(world)
    grant_role(user, role="monitoring", programme=world.programme, since=today(), by=world.admin, on=today())
    assert open_invitation(token) == invitation, "a second role in the same programme takes no slip away"
    grant_role(user, role="manager", programme=world.other, since=today(), by=there, on=today())
    with refused_without_trace("invitation.not_open"):
        accepted(invitation)
    printed = new_token()
    invite_user(user, token=printed, by=None, on=today())
    grant_role(user, role="auditor", programme=world.other, since=today(), by=there, on=today())
    assert open_invitation(printed).user == user, "the machine itself looks after everything"


def test_an_account_is_locked_before_its_invitation_is_looked_at(world, monkeypatch):
    """Whoever makes a new link locks the account, too: of two at one moment the old link does not win."""
    _, invitation, _ = invited(world)
    locked = []
    monkeypatch.setattr("laar.base.act._locked", lambda record, real=act._locked: locked.append(record) or real(record))
    accepted(invitation)
    assert locked == [invitation.user, invitation]


def test_a_link_made_from_the_same_form_is_the_same_and_needs_the_key_of_the_house(settings):
    form, other = uuid4(), uuid4()
    token = token_of(form)
    assert token_of(form) == token != token_of(other)
    assert len(token) == len(new_token())
    settings.SECRET_KEY = "of another house, which was restored from a copy"
    assert token_of(form) != token


# ── somebody invented ───────────────────────────────────────────────────────────────────────────────────────────────


def test_whom_somebody_invented_registers_is_invented_too_and_practises_the_way_in(only_demo):
    boss = only_demo.users["invented"]
    user, token = register_user("dara", name=Name("Chan Dara"), by=boss, on=today()), new_token()
    assert user.is_fictional
    grant_role(user, role="finance", programme=only_demo.programme, since=today(), by=boss, on=today())
    invitation = invite_user(user, token=token, by=boss, on=today())
    assert "dara" not in {one.user.username for one in invented()}, "nobody steps in as who was invited"
    assert "finance" in {one.user.username for one in invented()}
    user = accept_invitation(invitation, password=PASSWORD, by=user, on=today()).user
    user.refresh_from_db()
    assert needs_second_factor(user, eyes_of(user))


def test_nobody_invented_lets_in_somebody_real(world):
    boss, user = world.users["invented"], appointed("dara", "clerk", programme=world.programme, place="210101")
    with refused_without_trace("user.invented"):
        invite_user(user, token=new_token(), by=boss, on=today())
    with refused_without_trace("user.invented"):
        grant_role(user, role="manager", programme=world.programme, since=today(), by=boss, on=today())
    with refused_without_trace("user.invented"):
        close_user(user, by=boss, on=today())


def test_the_first_real_programme_shuts_out_who_practised(only_demo):
    boss = only_demo.users["invented"]
    user, token = register_user("dara", name=Name("Chan Dara"), by=boss, on=today()), new_token()
    invitation = invite_user(user, token=token, by=boss, on=today())
    assert may_come_in(boss)
    found_programme("REAL", name=Name("Real"), currency="EUR", by=None, on=today())
    assert not may_come_in(boss)
    assert may_come_in(only_demo.admin)
    with refused_without_trace("invitation.not_open"):
        accepted(invitation)


def test_where_work_is_real_somebody_invented_is_nobodys_last_administrator(world):
    """The small world has a real programme: its invented administrator can't get in, and so keeps nothing open."""
    assert Role.objects.filter(user=world.users["invented"], role="administrator").exists()
    with refused_without_trace("user.last_administrator"):
        end_role(Role.objects.get(user=world.admin), until=today() + timedelta(days=1), by=world.admin, on=today())


# ── second factors ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_exactly_three_roles_need_a_second_factor(world):
    for role in ROLES:
        user = appointed(f"as.{role}", role, programme=world.programme)
        assert needs_second_factor(user, eyes_of(user)) is (role in {"finance", "manager", "administrator"}), role
    assert {"finance", "manager", "administrator"} == SECURED


def test_nobody_invented_needs_one_and_nobody_whose_role_has_ended(world):
    assert not needs_second_factor(world.manager, eyes_of(world.manager))
    user = appointed("was", "manager", programme=world.programme)
    with clock.simulated(clock.now() + timedelta(days=2), "later"):
        end_role(Role.objects.get(user=user), until=today(), by=world.admin, on=today())
        assert not needs_second_factor(user, eyes_of(user))


def test_who_must_have_one_does_not_give_it_up_and_who_may_does(world):
    manager = appointed("must", "manager", programme=world.programme)
    clerk = appointed("may", "clerk", programme=world.programme, place="210101")
    for user in (manager, clerk):
        secure_user(user, by=user, on=today())
        with refused_without_trace("user.secured_already"):
            secure_user(user, by=user, on=today())
    with refused_without_trace("user.must_be_secured"):
        unsecure_user(manager, by=manager, on=today())
    assert unsecure_user(clerk, by=clerk, on=today()).secured_on is None


def test_a_lost_telephone_takes_factor_and_password_away_and_leaves_a_link(world):
    user, token = hired("lost", "finance", programme=world.programme), new_token()
    secure_user(user, by=user, on=today())
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    reset_factor(user, token=token, by=world.admin, on=today())
    user.refresh_from_db()
    assert user.secured_on is None
    assert not user.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()
    assert open_invitation(token).user == user
    line = TrailLine.objects.filter(verb="factor.reset").get()
    assert list(line.effects.values_list("verb", flat=True)) == ["user.invite"]


def test_a_factor_that_is_not_there_is_not_lost(world):
    user = hired("none", "clerk", programme=world.programme, place="210101")
    with refused_without_trace("user.not_secured"):
        reset_factor(user, token=new_token(), by=world.admin, on=today())


# ── closing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_closed_account_may_nothing_until_it_is_opened_again(world):
    ang = world.users["ang"]
    close_user(ang, by=world.admin, on=today())
    ang.refresh_from_db()
    assert not can(ang, verb_of("event.hold"), world.ang, clock.now())
    with refused_without_trace("user.closed_already"):
        close_user(ang, by=world.admin, on=today())
    reopen_user(ang, by=world.admin, on=today())
    assert User.objects.get(pk=ang.pk).is_active
    with refused_without_trace("user.open_already"):
        reopen_user(ang, by=world.admin, on=today())


def test_nobody_closes_themselves_nor_the_last_administrator(world):
    with refused_without_trace("user.yourself"):
        close_user(world.admin, by=world.admin, on=today())
    root = appointed("root", "administrator", programme=None)
    close_user(world.admin, by=root, on=today())  # root is left
    reopen_user(world.admin, by=root, on=today())
    with refused_without_trace("user.last_administrator"):
        end_role(Role.objects.get(user=root), until=today() + timedelta(days=1), by=root, on=today())


def test_the_last_administrator_of_all_programmes_is_kept_whoever_asks(world):
    root, second = (appointed(name, "administrator", programme=None) for name in ("root", "second.root"))
    close_user(second, by=root, on=today())
    reopen_user(second, by=root, on=today())
    end_role(Role.objects.get(user=second), until=today() + timedelta(days=1), by=root, on=today())
    with clock.simulated(clock.now() + timedelta(days=2), "later"), refused_without_trace("user.last_administrator"):
        end_role(Role.objects.get(user=root), until=today() + timedelta(days=1), by=root, on=today())


def test_two_administrators_who_both_go_tomorrow_do_not_count_each_other(world):
    root, second = (appointed(name, "administrator", programme=None) for name in ("root", "second.root"))
    tomorrow = today() + timedelta(days=1)
    end_role(Role.objects.get(user=second), until=tomorrow, by=root, on=today())
    with refused_without_trace("user.last_administrator"):
        end_role(Role.objects.get(user=root), until=tomorrow, by=root, on=today())


def test_the_installation_is_locked_before_administrators_are_counted(world, monkeypatch):
    root, second = (appointed(name, "administrator", programme=None) for name in ("root", "second.root"))
    locked = []
    monkeypatch.setattr("laar.base.act._locked", lambda record, real=act._locked: locked.append(record) or real(record))
    end_role(Role.objects.get(user=second), until=today() + timedelta(days=1), by=root, on=today())
    assert any(isinstance(one, Installation) for one in locked)
    locked.clear()
    close_user(second, by=root, on=today())
    assert any(isinstance(one, Installation) for one in locked)


def test_no_role_ends_in_the_past(world):
    role = Role.objects.get(user=world.users["ang"])
    with refused_without_trace("role.ends_before_today"):
        end_role(role, until=today() - timedelta(days=1), by=world.admin, on=today())
    assert end_role(role, until=today(), by=world.admin, on=today()).until == today()


def test_a_role_with_an_end_ends_earlier_and_the_trail_keeps_both_days(world):
    until = today() + timedelta(days=90)
    user = appointed("dara", programme=world.programme)
    role = grant_role(
        user, role="clerk", programme=world.programme, since=today(), until=until, by=world.admin, on=today()
    )
    with refused_without_trace("role.ends_by_then"):
        end_role(role, until=until, by=world.admin, on=today())
    end_role(role, until=today() + timedelta(days=7), by=world.admin, on=today())
    row = TrailRow.objects.filter(table="base.role", key=role.pk).latest("id")
    assert (row.before["until"], row.after["until"]) == (str(until), str(today() + timedelta(days=7)))
    assert end_role(role, until=today(), by=world.admin, on=today()).until == today()
    with refused_without_trace("role.ended"):
        end_role(role, until=today(), by=world.admin, on=today())


@pytest.mark.parametrize("begins_in", [0, 30])
def test_a_role_given_by_mistake_is_taken_back_at_once(world, begins_in):
    user, since = appointed("dara", programme=world.programme), today() + timedelta(days=begins_in)
    role = grant_role(user, role="manager", programme=world.programme, since=since, by=world.admin, on=today())
    assert can(user, verb_of("plan.approve"), world.programme, clock.now()) is (begins_in == 0)
    assert end_role(role, until=today(), by=world.admin, on=today()).until == since
    for days in (0, 30, 31):
        day = clock.now() + timedelta(days=days)
        assert not can(user, verb_of("plan.approve"), world.programme, day)
    grant_role(user, role="manager", programme=world.programme, since=since, by=world.admin, on=today())


def test_a_role_is_given_for_a_day_at_least(world):
    given = {"role": "clerk", "programme": world.programme, "since": today(), "until": today()}
    with refused_without_trace("period.reversed"):
        grant_role(world.users["ang"], by=world.admin, on=today(), **given)


# ── nobody gives roles to themselves ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("other", ["administrator", "manager"])
def test_nobody_gives_a_role_to_themselves_while_somebody_else_answers(world, other):
    boss = hired("boss", "administrator", programme=world.programme)
    second = hired("second.boss", other, programme=world.programme)
    for role in ("manager", "finance", "auditor"):
        with refused_without_trace("role.to_oneself") as no:
            grant_role(boss, role=role, programme=world.programme, since=today(), by=boss, on=today())
        assert second.name.en in no.value.text.en
    given = grant_role(second, role="finance", programme=world.programme, since=today(), by=boss, on=today())
    assert not given.is_own_gift


def test_who_is_alone_gives_a_role_to_themselves_and_it_is_said(world):
    boss = hired("boss", "administrator", programme=world.programme)
    hired("dara", "clerk", programme=world.programme)  # works here, but answers for nothing
    hired("elsewhere", "manager", programme=world.other)
    hired("of.a.district", "administrator", programme=world.programme, place="2101")
    appointed("not.in.yet", "manager", programme=world.programme)
    role = grant_role(boss, role="manager", programme=world.programme, since=today(), by=boss, on=today())
    assert role.is_own_gift
    row = TrailRow.objects.filter(table="base.role", key=role.pk).get()
    assert row.after["is_own_gift"] is True
    assert list(own_gifts(boss)) == [role]
    assert not own_gifts(world.stranger).exists()
    end_role(role, until=today(), by=boss, on=today())
    assert not own_gifts(boss).exists()


def test_a_role_in_all_programmes_is_asked_of_whoever_answers_for_any(world):
    root = hired("root", "administrator", programme=None)
    hired("elsewhere", "manager", programme=world.other)
    with refused_without_trace("role.to_oneself"):
        grant_role(root, role="manager", programme=None, since=today(), by=root, on=today())
    assert grant_role(root, role="manager", programme=world.programme, since=today(), by=root, on=today()).is_own_gift


# ── whom one knows of ───────────────────────────────────────────────────────────────────────────────────────────────


def test_users_are_known_to_those_who_work_in_a_programme_with_them(world):
    root = appointed("root", "administrator", programme=None)
    there = appointed("there", "administrator", programme=world.other)
    user, invitation, _ = invited(world)
    both = appointed("both", "clerk", programme=world.programme, place="210101")
    grant_role(both, role="auditor", programme=world.other, since=today(), by=None, on=today())
    for reader, sees in ((world.manager, True), (world.admin, True), (root, True), (there, False), (both, False)):
        known = set(visible(reader, User.objects.all()))
        assert (user in known) is sees, reader
        assert {root, both} <= known, reader
    assert set(visible(world.stranger, User.objects.all())) == {world.stranger, there, both, root}
    assert invitation in visible(world.admin, Invitation.objects.all())
    assert invitation in visible(root, Invitation.objects.all())
    assert invitation not in visible(there, Invitation.objects.all())
    for reader in (root, there, world.stranger):
        seen = world.users["nobody"] in visible(reader, User.objects.all())
        assert seen is (reader != world.stranger), "who works nowhere yet is there for administrators"


def test_a_colleague_is_listed_once_however_many_roles_they_hold(world):
    many = appointed("many", "clerk", "monitoring", "auditor", programme=world.programme)
    listed = [one.user for one in colleagues_of(world.admin)]
    assert listed.count(many) == 1
    assert len(listed) == len(set(listed))
    assert world.users["nobody"] in listed
    assert world.stranger not in listed
    assert colleague_of(world.admin, "many").user == many
    with refused_without_trace("record.not_found"):
        colleague_of(world.admin, "stranger")


def test_one_of_them_is_asked_for_without_reading_everybody(world):
    with CaptureQueriesContext(connection) as seen:
        colleague_of(world.admin, "ang")
    assert any("username" in query["sql"].split("WHERE")[-1] for query in seen if 'FROM "base_user"' in query["sql"])


def test_an_account_is_nobody_elses_to_secure_or_to_change(world):
    ang = world.users["ang"]
    for deed in (secure_user, unsecure_user):
        with refused_without_trace("access.not_own"):
            deed(ang, by=world.admin, on=today())
    with refused_without_trace("access.not_own"):
        change_password(ang, password=PASSWORD, by=world.admin, on=today())


# ── one person, one user ────────────────────────────────────────────────────────────────────────────────────────────


def test_one_person_is_one_user_at_most(world):
    def person(name, user):
        return register_party("person", name=Name(name), user=user, by=world.manager, on=today())

    first = person("Ang", world.users["ang"])
    with refused_without_trace("record.already_there"):
        person("Ang again", world.users["ang"])
    second, plain = person("Ba", world.users["ba"]), person("Ang too", None)
    merge_party(plain, into=first, by=world.manager, on=today())
    for one, other in ((first, second), (second, first)):
        with refused_without_trace("party.two_users"):
            merge_party(one, into=other, by=world.manager, on=today())


def test_an_account_counts_though_it_hangs_on_a_record_that_was_merged(world):
    def person(name, user):
        return register_party("person", name=Name(name), user=user, by=world.manager, on=today())

    first, stays, second = person("Ang", world.users["ang"]), person("Ang too", None), person("Ba", world.users["ba"])
    merge_party(first, into=stays, by=world.manager, on=today())
    for one, other in ((stays, second), (second, stays)):
        with refused_without_trace("party.two_users"):
            merge_party(one, into=other, by=world.manager, on=today())


# ── who reads the sheet ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_manager_publishes_the_sheet_and_takes_it_back(world):
    shown = publish_programme(world.other, by=world.stranger, on=today())
    assert shown.is_open
    with refused_without_trace("programme.open_already"):
        publish_programme(world.other, by=world.stranger, on=today())
    assert not unpublish_programme(world.other, by=world.stranger, on=today()).is_open
    with refused_without_trace("programme.closed_already"):
        unpublish_programme(world.other, by=world.stranger, on=today())
    with refused_without_trace("programme.is_demo"):
        publish_programme(world.programme, by=world.manager, on=today())
    with refused_without_trace("access.no_role"):
        publish_programme(world.other, by=world.manager, on=today())


# ── why may I not? ──────────────────────────────────────────────────────────────────────────────────────────────────


def codes(user, verb, record):
    return [no.code for no in why(user, verb_of(verb), record, clock.now()).reasons]


def test_every_reason_has_its_own_sentence(world):
    event = Thread(world).to("hold_forum").forum
    plain = appointed("plain", programme=world.programme)
    later = appointed("later", programme=world.programme)
    grant_role(
        later,
        role="manager",
        programme=world.programme,
        since=today() + timedelta(days=1),
        by=None,
        on=today(),
    )
    gone = appointed("gone", programme=world.programme)
    grant_role(
        gone,
        role="manager",
        programme=world.programme,
        since=today() - timedelta(days=9),
        until=today(),
        by=None,
        on=today(),
    )
    fresh = appointed("fresh", "manager", programme=world.programme)
    verb = "evidence.keep"
    assert codes(world.manager, verb, world.programme) == []
    assert codes(plain, verb, world.programme) == ["access.none_of_these"]
    assert codes(later, verb, world.programme) == ["access.not_yet"]
    assert codes(gone, verb, world.programme) == ["access.no_longer"]
    assert codes(world.stranger, verb, world.programme) == ["access.other_programme"]
    assert codes(fresh, verb, world.programme) == ["access.no_second_factor"]
    assert codes(world.users["ba"], "attendance.record", event) == ["access.other_area"]
    assert codes(world.manager, "password.change", world.users["ang"]) == ["access.not_own"]
    assert codes(plain, "password.change", plain) == []
    assert codes(world.manager, "event.hold", event) == ["access.other_state"]
    close_user(plain, by=world.admin, on=today())
    plain.refresh_from_db()
    assert codes(plain, verb, world.programme) == ["access.not_active"]


def test_four_eyes_are_a_reason_and_somebody_else_is_named(world):
    tranche = Thread(world).to("request_first").first
    tranche.refresh_from_db()
    asked = User.objects.get(pk=tranche.requested_by_id)
    if not asked.roles.filter(role="manager").exists():
        grant_role(asked, role="manager", programme=world.programme, since=world.day, by=None, on=today())
    answer = why(asked, verb_of("tranche.approve"), tranche, clock.now())
    assert [no.code for no in answer.reasons] == ["access.same_person"]
    assert asked not in answer.ask
    assert answer.ask
    with refused_without_trace("access.same_person"):
        approve_tranche(tranche, by=asked, on=today())


def test_names_are_for_those_who_work_in_the_same_programme(world):
    event = Thread(world).to("hold_forum").forum
    assert world.manager in why(world.finance, verb_of("attendance.record"), event, clock.now()).ask
    assert why(world.stranger, verb_of("attendance.record"), event, clock.now()).ask == []
    assert why(world.nobody, verb_of("attendance.record"), event, clock.now()).ask == []


def test_who_can_is_not_said_of_programmes_in_which_one_does_not_work(world):
    """A user belongs to no programme: who closes accounts is named where the asker works, and of all programmes."""
    root = appointed("root", "administrator", programme=None)
    there = appointed("there", "administrator", programme=world.other)
    auditor = appointed("auditor", "auditor", programme=world.other)
    assert set(why(auditor, verb_of("user.close"), auditor, clock.now()).ask) == {root, there}
    assert world.admin in why(world.finance, verb_of("user.close"), auditor, clock.now()).ask


def test_why_says_what_the_action_then_does(world):
    """The explanation and the door agree, for every verb on a record and every person of the small world."""
    records = [world.programme, world.other, Thread(world).to("hold_forum").forum, world.users["ang"]]
    about_access = {"access.not_active", "access.none_of_these", "access.not_yet", "access.no_longer"}
    about_access |= {"access.other_programme", "access.other_area", "access.not_own"}
    for user in world.users.values():
        for verb in ("evidence.keep", "event.hold", "attendance.record", "user.close", "password.change"):
            for record in records:
                answer = why(user, verb_of(verb), record, clock.now())
                stands = {no.code for no in answer.reasons} & about_access
                assert bool(stands) is not can(user, verb_of(verb), record, clock.now()), (user, verb, record)
