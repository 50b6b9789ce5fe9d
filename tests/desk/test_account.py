"""Signing in, and the people who work here, at the door: forms as a browser without JavaScript sends them."""

from __future__ import annotations

import base64
import json
import logging
import re
from datetime import timedelta
from html import unescape
from importlib import import_module
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laar.base import clock
from laar.base.actions import end_role, found_programme, grant_role
from laar.base.clock import today
from laar.base.models import Invitation, Programme, Role, TrailLine, TrailRow, User
from laar.base.people.actions import close_user, invite_user, secure_user
from laar.base.people.secrets import MARK, show
from laar.base.people.tokens import digest_of, new_token
from laar.base.readers import eyes_of
from laar.base.rules import ROLES, WHAT_FOR, verbs
from laar.kit.names import Name
from laar.kit.refusals import catalogue
from tests.accounts import PASSWORD, appointed, code_of, hired
from tests.desk.clients import client_of
from tests.homes import Home
from tests.world import World

SET_UP = "/account/second-factor/set-up/"
CODES = "/account/second-factor/recovery-codes/"


@pytest.fixture
def world(world: World) -> World:
    """The small world with a real administrator: nobody invented lets in anybody real."""
    office = world.users["admin"] = appointed("office", "administrator", programme=world.programme)
    secure_user(office, by=office, on=today())
    return world


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> None:
    """The limits on tries count in a cache that outlives a test."""
    cache.clear()


def sign_in(username: str, password: str = PASSWORD, client: Client | None = None) -> tuple[Client, str]:
    """Try the door: the browser, and where it was sent ("" for the door again)."""
    client = client or Client()
    response = client.post("/account/login/", {"login": username, "password": password})
    return client, response.get("Location", "")


def secret_on(client: Client) -> str:
    """The secret that the page of the second factor shows."""
    page = client.get(SET_UP).content.decode()
    shown = re.search(r'class="secret"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert shown, page
    return re.sub(r"<[^>]+>|\s", "", shown[1])


def secured(username: str) -> tuple[Client, str]:
    """Sign in and set up the second factor: the browser, and the secret on the telephone."""
    client, _ = sign_in(username)
    secret = secret_on(client)
    response = client.post(SET_UP, {"code": code_of(secret)})
    assert response.get("Location") == CODES, response.content.decode()
    return client, secret


def recovery_codes(client: Client) -> list[str]:
    return re.findall(r"<li>(\d{8})</li>", client.get(CODES).content.decode())


# ── the door ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clerk_signs_in_and_out(world: World) -> None:
    hired("dara", "clerk", programme=world.programme, place="210101")
    client, sent = sign_in("dara")
    assert sent == "/today/"
    assert client.get("/today/").status_code == 200
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/today/").status_code == 302


@pytest.mark.parametrize(("language", "said"), [("", "do not go together"), ("/km", "មិនត្រូវគ្នា")])
def test_a_wrong_password_is_said_in_the_language_of_the_page(world: World, language: str, said: str) -> None:
    hired("dara", "clerk", programme=world.programme, place="210101")
    for who in ("dara", "nosuchuser"):
        response = Client().post(f"{language}/account/login/", {"login": who, "password": "not this one"})
        assert response.status_code == 200
        assert said in response.content.decode()


def test_five_wrong_passwords_close_the_door_for_a_while(world: World) -> None:
    hired("dara", "clerk", programme=world.programme, place="210101")
    for _ in range(5):
        assert sign_in("dara", "wrong")[1] == ""
    assert sign_in("dara")[1] == "", "the right one does not help any more"


def test_a_sign_in_writes_no_record_though_the_hasher_has_become_stronger(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = hired("dara", "clerk", programme=world.programme, place="210101")
    lines, kept = TrailLine.objects.count(), user.password
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 2000)
    assert sign_in("dara")[1] == "/today/"
    user.refresh_from_db()
    assert (TrailLine.objects.count(), user.password) == (lines, kept)


def test_a_closed_account_is_shut_out_at_once_and_at_the_door(world: World) -> None:
    user = hired("dara", "clerk", programme=world.programme, place="210101")
    client, _ = sign_in("dara")
    close_user(user, by=world.admin, on=today())
    assert client.get("/today/").status_code == 302
    response = Client().post("/account/login/", {"login": "dara", "password": PASSWORD})
    assert response.status_code == 403
    assert "closed" in response.content.decode()


def test_a_role_that_ends_takes_its_pages_along_at_once(world: World) -> None:
    hired("vuthy", "auditor", programme=world.other)
    client, _ = sign_in("vuthy")
    assert client.get("/figures/OTHER/oa.support/").status_code == 200
    with clock.simulated(clock.now() + timedelta(days=1), "next day"):
        role = Role.objects.get(user__username="vuthy")
        root = appointed("root", "administrator", programme=None)
        end_role(role, until=today(), by=root, on=today())
        assert client.get("/figures/OTHER/oa.support/").status_code == 404


def test_no_other_address_of_the_sign_in_library_answers(world: World) -> None:
    for path in (
        "", "signup/", "email/", "inactive/", "confirm-email/", "confirm-email/x/", "password/reset/", "password/set/",
        "password/change/", "login/code/", "login/code/confirm/", "password/reset/key/1-x/", "2fa/", "2fa/webauthn/",
        "second-factor/recovery-codes/download/", "provider/", "social/login/cancelled/",
    ):  # fmt: skip
        for client in (Client(), client_of("manager")):
            assert client.get(f"/account/{path}").status_code == 404, path


def test_what_somebody_alone_gave_to_themselves_is_said_on_the_page_of_who_may_what(world: World) -> None:
    boss = hired("boss", "administrator", programme=world.programme)
    said = "These were given when nobody else was there"
    assert said not in client_of("manager").get("/settings/who-may/").content.decode()
    grant_role(boss, role="manager", programme=world.programme, since=today(), by=boss, on=today())
    page = client_of("manager").get("/settings/who-may/").content.decode()
    assert said in page
    assert "Boss Chan" in page
    assert said not in client_of("stranger").get("/settings/who-may/").content.decode()


def test_a_role_given_by_mistake_goes_with_the_button_on_the_same_day(world: World) -> None:
    user = appointed("dara", programme=world.programme)
    until = today() + timedelta(days=30)
    role = grant_role(
        user, role="manager", programme=world.programme, since=today(), until=until, by=world.admin, on=today()
    )
    client, page = client_of("admin"), "/settings/users/of/dara/"
    assert 'value="end"' in client.get(page).content.decode()
    assert client.post(page, {"deed": "end", "role": role.pk, "command": uuid4()}).status_code == 302
    assert not eyes_of(user).held
    assert 'value="end"' not in client.get(page).content.decode()


# ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_session_is_not_read_by_scripts_and_ends_with_the_browser(world: World, settings) -> None:
    hired("dara", "clerk", programme=world.programme, place="210101")
    client, _ = sign_in("dara")
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert not cookie["max-age"]
    assert not cookie["expires"]
    left = Session.objects.get().expire_date - clock.now()
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)
    settings.SESSION_COOKIE_SECURE = True
    assert sign_in("dara")[0].cookies["sessionid"]["secure"]


def test_a_page_writes_no_session_and_a_day_of_work_keeps_it_awake(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("manager")
    client.get("/today/")
    with CaptureQueriesContext(connection) as seen:
        for path in ("/today/", "/settings/", "/sheet/", "/books/"):
            client.get(path)
    assert not [query["sql"] for query in seen if not query["sql"].startswith("SELECT")]
    before = Session.objects.get().expire_date
    real = __import__("time").time
    monkeypatch.setattr("laar.desk.account.middleware.time.time", lambda: real() + 1801)
    client.get("/today/")
    assert Session.objects.get().expire_date >= before
    assert Session.objects.get().get_decoded()["used"] > real()


def test_every_page_of_a_user_is_kept_by_no_cache(world: World) -> None:
    client = client_of("office")
    for path in (
        "/",
        "/today/",
        "/sheet/",
        "/books/",
        "/settings/",
        "/settings/users/",
        "/settings/who-may/",
        "/nothing/",
    ):
        said = client.get(path)["Cache-Control"]
        assert "no-store" in said, path
        assert "private" in said, path
    assert "no-store" in client.get("/account/second-factor/set-up/")["Cache-Control"]


def test_a_changed_password_ends_every_other_session(world: World) -> None:
    user = hired("dara", "clerk", programme=world.programme, place="210101")
    here, _ = sign_in("dara")
    there, _ = sign_in("dara")
    new = "four dry ducks"
    wrong = here.post("/account/password/", {"oldpassword": "no", "password1": new, "password2": new})
    assert "not your password" in wrong.content.decode()
    weak = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": "duck", "password2": "duck"})
    assert "it takes at least 10" in weak.content.decode()
    assert (
        here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code
        == 302
    )
    assert here.get("/today/").status_code == 200
    assert there.get("/today/").status_code == 302
    assert sign_in("dara", new)[1] == "/today/"
    row = TrailRow.objects.filter(line__verb="password.change", key=user.pk).get()
    assert "password" not in (row.after or {})


# ── the second factor ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", ROLES)
def test_three_roles_come_no_farther_than_the_second_factor(world: World, role: str) -> None:
    hired("dara", role, programme=world.programme)
    client, _ = sign_in("dara")
    must = role in {"finance", "manager", "administrator"}
    for path in ("/", "/today/", "/sheet/", "/settings/", "/settings/users/", "/account/password/"):
        sent = client.get(path).get("Location", "")
        assert (sent == SET_UP) is must, path
    assert client.get("/account/logout/").status_code == 200
    assert client.get(f"/km{SET_UP}").status_code == 200


def test_nobody_in_a_demonstration_is_asked_for_one(world: World) -> None:
    for who in ("manager", "finance", "admin"):
        assert client_of(who).get("/today/").status_code == 200


def test_a_code_of_the_telephone_is_asked_for_from_then_on(world: World) -> None:
    user = hired("bopha", "finance", programme=world.programme)
    client, secret = secured("bopha")
    assert client.get("/today/").status_code == 200
    user.refresh_from_db()
    assert user.secured_on == today()
    assert TrailLine.objects.filter(verb="user.secure", by=user).exists()
    assert secret not in json.dumps([[row.before, row.after] for row in TrailRow.objects.all()], default=str)

    client, sent = sign_in("bopha")
    assert sent == "/account/second-factor/code/"
    assert client.get("/today/").status_code == 302
    wrong = client.post(sent, {"code": "000000"})
    assert "not right" in wrong.content.decode()
    code = code_of(secret)
    assert client.post(sent, {"code": code}).get("Location") == "/today/"
    assert client.get("/today/").status_code == 200

    again, sent = sign_in("bopha")
    assert again.post(sent, {"code": code}).status_code == 200, "a code is used once"


def test_a_form_without_a_code_is_sent_back(world: World) -> None:
    hired("bopha", "finance", programme=world.programme)
    secured("bopha")
    client, sent = sign_in("bopha")
    assert client.post(sent, {"credential": "x"}).get("Location") == sent


def test_a_wrong_first_code_sets_nothing_up(world: World) -> None:
    user = hired("bopha", "finance", programme=world.programme)
    client, _ = sign_in("bopha")
    secret = secret_on(client)
    assert client.post(SET_UP, {"code": "000000"}).status_code == 200
    user.refresh_from_db()
    assert user.secured_on is None
    assert not Authenticator.objects.exists()
    assert client.post(SET_UP, {"code": code_of(secret)}).status_code == 302


def test_the_page_of_the_second_factor_needs_nothing_that_the_content_policy_forbids(world: World) -> None:
    hired("bopha", "finance", programme=world.programme)
    client, _ = sign_in("bopha")
    page = client.get(SET_UP).content.decode()
    assert "data:" not in page
    assert "style=" not in page
    assert '<svg class="qr"' in page
    assert len(base64.b32decode(secret_on(client))) == 20


def test_a_recovery_code_opens_once(world: World) -> None:
    hired("bopha", "finance", programme=world.programme)
    client, _ = secured("bopha")
    codes = recovery_codes(client)
    assert len(codes) == 10
    first, sent = sign_in("bopha")
    assert first.post(sent, {"code": codes[0]}).get("Location") == "/today/"
    second, sent = sign_in("bopha")
    assert second.post(sent, {"code": codes[0]}).status_code == 200
    assert second.post(sent, {"code": codes[1]}).get("Location") == "/today/"
    left = recovery_codes(client)
    assert set(left) == set(codes[2:])


def test_the_secret_of_a_telephone_lies_nowhere_readable(world: World) -> None:
    hired("bopha", "finance", programme=world.programme)
    client, secret = secured("bopha")
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert kept.count(MARK) == 2  # the secret, and the seed of the recovery codes
    assert secret not in kept
    sessions = [one.get_decoded() for one in Session.objects.all()]
    assert secret not in json.dumps(sessions)
    assert len(recovery_codes(client)) == 10


def test_what_was_kept_readable_before_is_hidden_and_goes_on_opening(world: World) -> None:
    hired("bopha", "finance", programme=world.programme)
    _, secret = secured("bopha")
    Authenticator.objects.filter(type="totp").update(data={"secret": secret})
    import_module("laar.base.migrations.0008_hidden_factors").hide_all(Authenticator.objects)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert show(kept) == secret
    client, sent = sign_in("bopha")
    cache.clear()  # the code of the setting up is used once more
    assert client.post(sent, {"code": code_of(secret)}).get("Location") == "/today/"


def test_a_house_with_another_key_says_that_the_factors_are_to_be_set_up_anew(world: World, settings) -> None:
    hired("bopha", "finance", programme=world.programme)
    _, secret = secured("bopha")
    settings.SECRET_KEY = "of a house that was restored from a backup"
    client, sent = sign_in("bopha")
    response = client.post(sent, {"code": code_of(secret)})
    assert response.status_code == 403
    assert "--lost-telephone" in response.content.decode()


def test_who_needs_it_has_no_button_to_give_it_up_and_is_refused(world: World) -> None:
    user = hired("bopha", "finance", programme=world.programme)
    client, _ = secured("bopha")
    page = "/account/second-factor/give-up/"
    assert "As Finance officer you need it" in client.get(page).content.decode()
    assert client.post(page).status_code == 403
    user.refresh_from_db()
    assert user.secured_on
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_who_may_gives_it_up(world: World) -> None:
    user = hired("dara", "clerk", programme=world.programme, place="210101")
    client, _ = secured("dara")
    assert client.post("/account/second-factor/give-up/").status_code == 302
    user.refresh_from_db()
    assert user.secured_on is None
    assert not Authenticator.objects.filter(user=user).exists()
    assert sign_in("dara")[1] == "/today/"


def test_a_page_left_open_asks_for_the_password_before_the_second_factor_is_touched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hired("bopha", "finance", programme=world.programme)
    client, _ = secured("bopha")
    real = __import__("time").time
    monkeypatch.setattr("time.time", lambda: real() + 16 * 60)
    sent = client.get(CODES).get("Location", "")
    assert sent.startswith("/account/reauthenticate/")
    assert "not your password" in client.post(sent, {"password": "wrong"}).content.decode()
    assert client.post(sent, {"password": PASSWORD}).get("Location") == CODES
    assert len(recovery_codes(client)) == 10


# ── invitations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def fields(**changed: str) -> dict[str, str]:
    """What an administrator types to invite a clerk."""
    typed = {"username": "dara", "name_km": "ចាន់ ដារ៉ា", "name_en": "Chan Dara", "role": "clerk"}
    typed |= {"where": "TEST:210101", "since": str(today()), "until": "", "command": str(uuid4())}
    return typed | changed


def link_on(page: str) -> str:
    shown = re.search(r"http://testserver(/\S*?/invitation/[\w-]+/)", page)
    assert shown, page
    return shown[1]


def test_one_form_registers_grants_and_invites_and_shows_the_link_once(world: World) -> None:
    client, typed = client_of("office"), fields()
    assert client.get("/settings/users/new/").status_code == 200
    slip = client.post("/settings/users/new/", typed)
    link = link_on(slip.content.decode())
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert Invitation.objects.get().digest == digest_of(token)
    assert "no-store" in slip["Cache-Control"]
    user = User.objects.get(username="dara")
    assert list(user.roles.values_list("role", "place", "programme__code")) == [("clerk", "210101", "TEST")]
    lines = TrailLine.objects.filter(by=world.admin).order_by("id").values_list("verb", flat=True)
    assert list(lines) == ["user.secure", "user.register", "role.grant", "user.invite"]

    again = client.post("/settings/users/new/", typed)  # a double click: the browser shows the second answer
    assert link_on(again.content.decode()) == link
    assert User.objects.filter(username="dara").count() == 1
    assert Invitation.objects.count() == 1
    for path in ("/settings/users/", "/settings/users/of/dara/"):
        assert token not in client.get(path).content.decode()


@pytest.mark.parametrize("name", ["invite", "lost"])
def test_a_double_click_prints_the_link_that_holds(world: World, name: str) -> None:
    user, typed = hired("bopha", "finance", programme=world.programme), str(uuid4())
    secure_user(user, by=user, on=today())
    client, path = client_of("office"), "/settings/users/of/bopha/"
    first, second = (client.post(path, {"deed": name, "command": typed}) for _ in range(2))
    assert link_on(first.content.decode()) == link_on(second.content.decode())
    link = link_on(second.content.decode())
    assert Client().get(link).status_code == 200
    deed(client, "bopha", "invite")
    late = client.post(path, {"deed": name, "command": typed})
    assert (late.status_code, late.get("Location")) == (302, path), "a link that holds no longer is not shown"


def test_what_is_refused_leaves_nothing_and_keeps_what_was_typed(world: World) -> None:
    client = client_of("office")
    for changed, status, said in (
        ({"username": "ang"}, 409, "Somebody is called ang"),
        ({"username": "Dara!"}, 422, "can&#x27;t be a user name"),
        ({"until": str(today() - timedelta(days=1))}, 422, "ends before it begins"),
    ):
        response = client.post("/settings/users/new/", fields(**changed))
        page = response.content.decode()
        assert response.status_code == status
        assert said in page
        assert 'value="Chan Dara"' in page
        assert not User.objects.filter(username="dara").exists()
        assert not Invitation.objects.exists()


def test_an_administrator_gives_roles_only_where_they_administrate(world: World) -> None:
    page = client_of("office").get("/settings/users/new/").content.decode()
    assert 'value="TEST:210101"' in page
    assert "OTHER:" not in page
    refused = client_of("office").post("/settings/users/new/", fields(where="OTHER:"))
    assert not User.objects.filter(username="dara").exists()
    assert refused.status_code == 200
    assert 'class="err"' in refused.content.decode()


def test_the_link_leads_from_a_password_to_today(world: World) -> None:
    link = link_on(client_of("office").post("/settings/users/new/", fields()).content.decode())
    client = Client()
    page = client.get(link).content.decode()
    assert "Chan Dara" in page
    assert "at least 10 characters" in page
    different = client.post(link, {"password1": PASSWORD, "password2": "another"})
    assert different.status_code == 422
    weak = client.post(link, {"password1": "1234567890", "password2": "1234567890"})
    assert "many people use" in weak.content.decode()
    assert client.post(link, {"password1": PASSWORD, "password2": PASSWORD}).get("Location") == "/today/"
    assert client.get("/today/").status_code == 200
    assert sign_in("dara")[1] == "/today/"


def test_every_link_that_does_not_hold_gets_the_same_answer(world: World) -> None:
    user = appointed("dara", "clerk", programme=world.programme, place="210101")
    old, used = new_token(), new_token()
    invite_user(user, token=old, by=world.admin, on=today())
    invite_user(user, token=used, by=world.admin, on=today())
    Client().post(f"/account/invitation/{used}/", {"password1": PASSWORD, "password2": PASSWORD})
    late = appointed("late", "clerk", programme=world.programme, place="210101")
    expired = new_token()
    with clock.simulated(clock.now() - timedelta(days=8), "before"):
        invite_user(late, token=expired, by=None, on=today())
    answers = set()
    for token in (old, used, expired, "guessed"):
        response = Client().get(f"/account/invitation/{token}/")
        answers.add((response.status_code, response.content.decode().replace(token, "…")))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 410


def test_a_new_link_does_not_lead_around_the_second_factor(world: World) -> None:
    user = hired("bopha", "finance", programme=world.programme)
    secured("bopha")
    token, other = new_token(), "four dry ducks"
    user.refresh_from_db()
    invite_user(user, token=token, by=world.admin, on=today())
    client = Client()
    sent = client.post(f"/account/invitation/{token}/", {"password1": other, "password2": other}).get("Location")
    assert sent == "/account/second-factor/code/"
    assert client.get("/today/").status_code == 302


def test_no_log_line_holds_a_token(world: World, caplog: pytest.LogCaptureFixture) -> None:
    token = new_token()
    line = logging.LogRecord("django.request", 30, "", 0, "Forbidden: %s", (f"/km/account/invitation/{token}/",), None)
    for handler in logging.getLogger("django").handlers:
        assert handler.filter(line)
    assert token not in line.getMessage()
    assert "/invitation/…" in line.getMessage()


# ── one of them ─────────────────────────────────────────────────────────────────────────────────────────────────────


def deed(client: Client, username: str, name: str, **more: str):  # type: ignore[no-untyped-def]  # a response of the test client
    return client.post(f"/settings/users/of/{username}/", {"deed": name, "command": str(uuid4()), **more})


def test_roles_are_given_and_ended_and_accounts_closed_on_the_page_of_a_user(world: World) -> None:
    client = client_of("office")
    given = deed(client, "ang", "grant", role="clerk", where="TEST:210102", since=str(today()), until="")
    assert given.status_code == 302
    role = Role.objects.get(user__username="ang", role="clerk")
    assert (role.place, role.programme.code if role.programme else "") == ("210102", "TEST")
    twice = deed(client, "ang", "grant", role="clerk", where="TEST:210102", since=str(today()), until="")
    assert twice.status_code == 409
    assert "has this role here already" in twice.content.decode()
    first = Role.objects.get(user__username="ang", role="facilitator")
    assert deed(client, "ang", "end", role=str(first.pk)).status_code == 302
    first.refresh_from_db()
    assert first.until == today()
    assert deed(client, "ang", "end", role=str(role.pk)).status_code == 302, "though it was given today only"
    assert deed(client, "ang", "close").status_code == 302
    assert not User.objects.get(username="ang").is_active
    assert deed(client, "ang", "reopen").status_code == 302
    assert deed(client, "office", "close").status_code == 409
    assert deed(client, "ang", "dance").status_code == 404
    assert deed(client, "stranger", "close").status_code == 404
    assert deed(client_of("manager"), "ang", "close").status_code == 404


def test_a_lost_telephone_signs_out_and_shows_a_new_link(world: World) -> None:
    hired("bopha", "finance", programme=world.programme)
    theirs, secret = secured("bopha")
    slip = deed(client_of("office"), "bopha", "lost")
    assert theirs.get("/today/").status_code == 302
    assert sign_in("bopha")[1] == ""
    client, link = Client(), link_on(slip.content.decode())
    sent = client.post(link, {"password1": PASSWORD, "password2": PASSWORD}).get("Location")
    assert client.get(str(sent)).get("Location") == SET_UP
    assert secret_on(client) != secret


def test_the_list_says_who_is_invited_active_or_closed(world: World) -> None:
    hired("dara", "clerk", programme=world.programme, place="210101")
    appointed("waiting", "clerk", programme=world.programme, place="210101")
    user = appointed("linked", "clerk", programme=world.programme, place="210101")
    invite_user(user, token=new_token(), by=world.admin, on=today())
    close_user(world.users["ba"], by=world.admin, on=today())
    page = unescape(client_of("office").get("/settings/users/").content.decode())
    rows = {found[0]: found[1] for found in re.findall(r'of/([\w.]+)/">(.*?)</tr>', page, re.DOTALL)}
    assert "stranger" not in rows
    for who, said in (("dara", "active"), ("waiting", "has no link"), ("linked", "invited"), ("ba", "closed")):
        assert said in rows[who], who
    assert "Angkor Borei" in rows["dara"]


def test_the_list_costs_the_same_with_one_user_and_with_five(world: World) -> None:
    def cost() -> int:
        client = client_of("office")
        client.get("/settings/users/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/settings/users/")
        return len(seen)

    hired("first", "clerk", programme=world.programme, place="210101")
    before = cost()
    for number in range(4):
        hired(f"more{number}", "clerk", programme=world.programme, place="210101")
    assert cost() == before


# ── a demonstration ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_anybody_steps_into_a_demonstration(demo: Home) -> None:
    page = demo.get("/account/login/", reader="").content.decode()
    assert "Step in as Keo Sokha (fictional)" in page
    assert demo.get("/", reader="").status_code == 200


@pytest.fixture
def only_demo(world: World) -> World:
    """The small world without its real programme."""
    from laar.base.guard import open_door  # noqa: PLC0415 - planted, not done

    with open_door():
        Role.objects.filter(programme=world.other).delete()
        Programme.objects.filter(pk=world.other.pk).delete()
    return world


def test_one_steps_in_only_as_somebody_invented(only_demo: World) -> None:
    hired("real", "manager", programme=only_demo.programme)
    client = Client()
    assert client.post("/account/step-in/", {"username": "manager"}).get("Location") == "/today/"
    assert client.get("/today/").status_code == 200
    for who in ("real", "nobody", "nosuchuser", ""):
        other = Client()
        assert other.post("/account/step-in/", {"username": who}).status_code == 404, who
        assert other.get("/today/").status_code == 302
    forged = Client(enforce_csrf_checks=True)
    assert forged.post("/account/step-in/", {"username": "manager"}).status_code == 403


def test_a_real_programme_ends_the_sessions_of_the_invented_and_refuses_their_passwords(only_demo: World) -> None:
    stepped, practising = Client(), Client()
    assert stepped.post("/account/step-in/", {"username": "admin"}).get("Location") == "/today/"
    link = link_on(stepped.post("/settings/users/new/", fields()).content.decode())
    assert User.objects.get(username="dara").is_fictional
    assert practising.post(link, {"password1": PASSWORD, "password2": PASSWORD}).get("Location") == "/today/"
    second = link_on(deed(stepped, "dara", "invite").content.decode())
    for client in (stepped, practising):
        assert client.get("/today/").status_code == 200
    found_programme("REAL", name=Name("Real"), currency="EUR", by=None, on=today())
    for client in (stepped, practising):
        assert client.get("/today/").status_code == 302
    assert Client().get(second).status_code == 410
    refused = Client().post("/account/login/", {"login": "dara", "password": PASSWORD})
    assert refused.status_code == 403
    assert "has a real programme now" in refused.content.decode()


def test_somebody_invented_invites_nobody_real(only_demo: World) -> None:
    appointed("real", "clerk", programme=only_demo.programme, place="210101")
    client = Client()
    client.post("/account/step-in/", {"username": "admin"})
    for name in ("invite", "close"):
        assert deed(client, "real", name).status_code == 403
    given = deed(client, "real", "grant", role="manager", where="TEST:", since=str(today()), until="")
    assert given.status_code == 403
    assert "invented for a demonstration" in given.content.decode()


def test_a_real_programme_shuts_that_door(world: World) -> None:
    assert "step-in" not in Client().get("/account/login/").content.decode()
    client = Client()
    assert client.post("/account/step-in/", {"username": "manager"}).status_code == 404
    assert client.get("/today/").status_code == 302


def test_nobody_invented_gets_a_password(world: World) -> None:
    assert client_of("manager").get("/account/password/").status_code == 409
    assert deed(client_of("office"), "ang", "invite").status_code == 409


# ── programmes, rights ──────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_who_works_in_two_programmes_chooses(world: World) -> None:
    grant_role(world.manager, role="auditor", programme=world.other, since=world.day, by=None, on=world.day)
    client = client_of("manager")
    assert "You look at Test" in client.get("/settings/").content.decode()
    assert client.post("/account/programme/", {"code": "OTHER"}).status_code == 302
    assert "You look at Other" in client.get("/settings/").content.decode()
    assert client_of("finance").post("/account/programme/", {"code": "OTHER"}).status_code == 404


def test_a_manager_lets_anybody_read_the_sheet_and_takes_it_back(world: World) -> None:
    client = client_of("stranger")
    assert client.post("/account/programme/", {"code": "OTHER"}).status_code == 302
    assert "Nobody sees names of persons" in client.get("/settings/programme/").content.decode()
    path = "/figures/OTHER/oa.support/"
    assert Client().get(path).status_code == 404
    assert client.post("/settings/programme/", {"deed": "publish"}).status_code == 302
    assert Client().get(path).status_code == 200
    assert client.post("/settings/programme/", {"deed": "unpublish"}).status_code == 302
    assert Client().get(path).status_code == 404


def test_only_the_two_deeds_of_the_page_are_done(world: World) -> None:
    client = client_of("stranger")
    client.post("/account/programme/", {"code": "OTHER"})
    for typed in ({}, {"deed": ""}, {"deed": "dance"}):
        assert client.post("/settings/programme/", typed).status_code == 404
        world.other.refresh_from_db()
        assert not world.other.is_published


def test_the_page_of_who_may_do_what_names_every_verb_in_both_languages(world: World) -> None:
    page, in_khmer = (
        unescape(client_of("nobody").get(f"{prefix}/settings/who-may/").content.decode()) for prefix in ("", "/km")
    )
    for verb in verbs():
        assert verb.label.en in page, verb.code
        assert verb.label.km in in_khmer, verb.code
    for role in ROLES:
        assert WHAT_FOR[role].en in page
    for said in ("anybody, about their own account", "also by the installation"):
        assert said in page
    finance = client_of("nobody").get("/settings/who-may/?role=finance").content.decode()
    assert "Accept a voucher" in finance
    assert "Close an account" not in finance


def test_why_may_i_not_says_reasons_and_names(world: World) -> None:
    page = client_of("finance").get(f"/why/user.close/user/{world.users['ang'].pk}/").content.decode()
    assert "You hold none of the roles that do this (Administrator)" in page
    page = client_of("finance").get(f"/why/evidence.keep/programme/{world.programme.pk}/").content.decode()
    assert "You may do this, by this role" in page
    page = client_of("finance").get(f"/why/programme.publish/programme/{world.programme.pk}/").content.decode()
    assert "Manager (fictional)" in page


def test_every_refusal_of_an_account_says_what_to_do_in_both_languages() -> None:
    for reason in catalogue():
        if reason.code.split(".")[0] in ("user", "invitation", "password"):
            assert reason.text.en.count(".") + reason.text.en.count(":") >= 1, reason.code
            assert re.search(r"[\u1780-\u17ff]", reason.text.km), reason.code


def test_a_secured_user_needs_no_set_up(world: World) -> None:
    user = hired("bopha", "finance", programme=world.programme)
    secure_user(user, by=user, on=today())
    client = Client()
    client.force_login(user)
    assert client.get("/today/").status_code == 200


# ── the command line ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_administrator_gets_in_with_a_printed_link(empty: Home) -> None:
    printed = empty.laar("user", "add", "sokha", "--name", "Chan Sokha", "--name-km", "ចាន់ សុខា")
    link = re.search(r"http://127.0.0.1:\d+(/account/invitation/\S+/)", printed)
    assert link
    assert "Chan Sokha" in empty.get(link[1], reader="").content.decode()
    again = empty.laar("invite", "sokha")
    assert empty.get(link[1], reader="").status_code == 410
    newer = re.search(r"(/account/invitation/\S+/)", again)
    assert newer
    assert empty.get(newer[1], reader="").status_code == 200
    assert "/km/account/invitation/" in empty.laar("invite", "--lang", "km", "sokha")
    assert "no second factor" in empty.laar("invite", "--lost-telephone", "sokha", fails=True)
    assert "no such record" in empty.laar("invite", "nobody", fails=True)
    assert "Somebody is called sokha" in empty.laar("user", "add", "sokha", "--name", "X", fails=True)
