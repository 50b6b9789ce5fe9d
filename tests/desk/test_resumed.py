"""A form that was open when the session ended: nothing is lost, nothing is done without a look, nothing is done twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from laar.base.guard import open_door
from laar.base.models import Programme, Role, TrailLine
from laar.desk.verbs.resumed import MOST, SESSION, whose
from laar.plans.models import Plan
from tests.accounts import PASSWORD, code_of, hired
from tests.desk.test_account import secured
from tests.thread import Thread
from tests.world import World

REASON = "ខ្វះថវិកា 12 <b>"


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> None:
    cache.clear()


@pytest.fixture
def plan(world: World) -> Plan:
    """Submitted, so that a manager may return it with a reason."""
    return Thread(world).to("submit_plan").plan


@pytest.fixture
def boss(world: World) -> tuple[Client, str]:
    """A real manager, signed in with password and code: the browser, and the secret on the telephone."""
    hired("boss", "manager", programme=world.programme)
    client, secret = secured("boss")
    cache.clear()  # the code of the setting up is used once more
    return client, secret


def typed_into(client: Client, path: str, world: World) -> dict[str, Any]:
    """The form as it is opened and filled, with its hidden fields."""
    page = client.get(path)
    hidden = {name: page.context[name] for name in ("nonce", "seen", "whose")}
    for name, value in hidden.items():
        assert f'name="{name}" value="{value}"' in page.content.decode()
    return {**hidden, "on": world.day.isoformat(), "reason-km": REASON, "reason-en": ""}


def signed_in_again(client: Client, where: str, secret: str) -> Any:
    """The door, the code, and the page to which both lead."""
    asked = client.post(where, {"login": "boss", "password": PASSWORD})
    assert asked["Location"].startswith("/account/second-factor/code/"), asked.content.decode()
    through = client.post(asked["Location"], {"code": code_of(secret)})
    return through["Location"]


def ended(client: Client) -> None:
    """The session is over; the browser has its other cookies still."""
    Session.objects.all().delete()


def test_a_form_is_there_again_after_signing_in_with_password_and_code(
    world: World, plan: Plan, boss: tuple[Client, str]
) -> None:
    client, secret = boss
    path = f"/do/plan.return/plan/{plan.pk}/"
    typed, lines = typed_into(client, path, world), TrailLine.objects.count()
    ended(client)
    door = client.post(path, typed)
    assert door["Location"] == f"/account/login/?next={path}", "nothing that was typed stands in an address"
    assert "what you typed is kept" in client.get(door["Location"]).content.decode()
    back = signed_in_again(client, door["Location"], secret)
    assert back == path
    page = client.get(back)
    text = page.content.decode()
    assert "nothing was recorded" in text
    assert "ខ្វះថវិកា 12 &lt;b&gt;" in text
    assert (page.context["nonce"], page.context["seen"]) == (typed["nonce"], typed["seen"]), "it is the same command"
    assert TrailLine.objects.count() == lines, "a look comes first"
    assert Plan.objects.get().state == "submitted"
    for _ in range(2):  # a double click
        assert client.post(path, {**typed, "whose": page.context["whose"]}).status_code == 302
    assert TrailLine.objects.filter(verb="plan.return").count() == 1
    assert REASON not in client.get(path).content.decode(), "it is given back once"


def test_what_was_done_already_is_not_done_twice(world: World, plan: Plan, boss: tuple[Client, str]) -> None:
    client, secret = boss
    path = f"/do/plan.return/plan/{plan.pk}/"
    typed = typed_into(client, path, world)
    assert client.post(path, typed).status_code == 302  # done, but the answer was lost on the way
    ended(client)
    client.post(path, typed)
    back = signed_in_again(client, f"/account/login/?next={path}", secret)
    assert "done=" in client.get(back)["Location"]
    assert "done=" in client.post(path, typed)["Location"]
    assert TrailLine.objects.filter(verb="plan.return").count() == 1


def test_nobody_else_who_signs_in_at_this_browser_sees_it(world: World, plan: Plan, boss: tuple[Client, str]) -> None:
    client, secret = boss
    path = f"/do/plan.return/plan/{plan.pk}/"
    typed = {**typed_into(client, path, world), "whose": whose(world.manager)}
    ended(client)
    assert client.post(path, typed).status_code == 302
    back = signed_in_again(client, f"/account/login/?next={path}", secret)
    assert REASON not in client.get(back).content.decode()


def test_it_lies_unreadable_and_only_what_is_a_form_of_this_desk_is_kept(
    world: World, plan: Plan, boss: tuple[Client, str]
) -> None:
    client, _ = boss
    path = f"/do/plan.return/plan/{plan.pk}/"
    typed = typed_into(client, path, world)
    for forged in ({**typed, "whose": "1:forged"}, {**typed, "whose": ""}, {**typed, "reason-en": "x" * MOST}):
        ended(client)
        client.post(path, forged)
        assert not [one for one in Session.objects.all() if SESSION in one.get_decoded()]
    client.post(path, typed)
    kept = [one.get_decoded() for one in Session.objects.all()]
    assert [SESSION in one for one in kept] == [True]
    assert "reason" not in json.dumps(kept)


def test_files_are_named_that_have_to_be_chosen_again(world: World) -> None:
    thread = Thread(world).to("pay_first")
    hired("dara", "facilitator", programme=world.programme, place="210101")
    client = Client()
    client.post("/account/login/", {"login": "dara", "password": PASSWORD})
    path = f"/do/tranche.acknowledge/tranche/{thread.first.pk}/"
    page = client.get(path)
    hidden = {name: page.context[name] for name in ("nonce", "seen", "whose")}
    ended(client)
    client.post(path, {**hidden, "on": world.day.isoformat(), "receipt": SimpleUploadedFile("receipt-7.png", b"x")})
    client.post(f"/account/login/?next={path}", {"login": "dara", "password": PASSWORD})
    text = client.get(path).content.decode()
    assert "Choose them again" in text
    assert "receipt-7.png" in text


def test_a_page_from_before_the_last_sign_in_is_shown_anew_with_what_was_typed(
    world: World, plan: Plan, boss: tuple[Client, str]
) -> None:
    client, _ = boss
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    path = f"/do/plan.return/plan/{plan.pk}/"
    typed = typed_into(client, path, world)
    answer = strict.post(path, {**typed, "csrfmiddlewaretoken": "x" * 64})  # another tab has signed in meanwhile
    assert answer["Location"] == path
    assert Plan.objects.get().state == "submitted"
    assert "ខ្វះថវិកា 12" in strict.get(path).content.decode()
    foreign = strict.post(path, {**typed, "whose": "forged", "csrfmiddlewaretoken": "x" * 64})
    assert foreign.status_code == 403


def test_in_a_demonstration_stepping_in_leads_back_to_the_form(world: World, plan: Plan) -> None:
    with open_door():  # planted: nothing in this house is real
        Role.objects.filter(programme=world.other).delete()
        Programme.objects.filter(pk=world.other.pk).delete()
    client, path = Client(), f"/do/plan.return/plan/{plan.pk}/"
    client.post("/account/step-in/", {"username": "manager"})
    typed = typed_into(client, path, world)
    ended(client)
    client.post(path, typed)
    assert client.post("/account/step-in/", {"username": "manager"})["Location"] == path
    assert "ខ្វះថវិកា 12" in client.get(path).content.decode()
