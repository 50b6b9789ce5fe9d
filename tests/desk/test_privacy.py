"""Originals that show persons, at the desk: a redacted copy to look at, a form that asks why, and the line in the trail."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from laar.base import store
from laar.base.act import act
from laar.base.actions import grant_role, keep_evidence, redact_evidence, register_user
from laar.base.models import Evidence, Opening, TrailLine
from laar.events.actions import hold_event, record_attendance
from laar.kit.names import Name
from tests.desk.clients import SIDE_DOOR, client_of
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.thread import Thread
from tests.world import PNG, World

SHEET = PNG + b"thumbprints, telephones"
COPY = PNG + b"black bars"


@pytest.fixture
def sheet(world: World) -> Evidence:
    """A signed attendance sheet of a forum in Angkor Borei; a donor reads the programme."""
    thread = Thread(world).to("liquidate_first")
    facts = {"by": world.manager, "on": world.day}
    original = keep_evidence(
        world.programme,
        SHEET,
        caption=Name(en="Attendance sheet", km="បញ្ជីវត្តមាន"),
        dated=world.day,
        is_personal=True,
        **facts,
    )
    with act(world.manager, "event.hold", thread.forum, on=world.day) as step:
        step.attach(step.subject, original, "signed_sheet")
    reads = register_user("dara", name=Name(en="Dara", km="តារា"), by=None, on=world.day)
    grant_role(reads, role="donor", programme=world.programme, since=world.day, by=None, on=world.day)
    world.users["dara"] = reads
    return original


def get(path: str, reader: str) -> HttpResponse:
    response = client_of(reader).get(path)
    if response.streaming:
        response.content_read = b"".join(response.streaming_content)
    return response


def post(path: str, reader: str, **said: str) -> HttpResponse:
    response = client_of(reader).post(path, said)
    if response.streaming:
        response.content_read = b"".join(response.streaming_content)
    return response


def event_of(piece: Evidence) -> str:
    return f"/records/event/{piece.attachments.get().key}/"


def test_an_original_that_shows_persons_has_no_address_for_anybody(world: World, sheet: Evidence) -> None:
    for reader, said in {"manager": "where you say why", "ang": "where you say why", "dara": "closed to you"}.items():
        response = get(f"/evidence/{sheet.uid}/", reader)
        assert response.status_code == 403, reader
        assert said in response.content.decode(), reader
    for reader in ("nobody", "stranger", "ba", ""):
        assert get(f"/evidence/{sheet.uid}/", reader).status_code == 404, reader


def test_a_kept_copy_of_a_file_is_asked_for_again_with_every_look(world: World) -> None:
    """A computer of the commune is shared: after a sign-out “back” shows the door, not the voucher."""
    paper = world.paper()
    client, path = client_of("manager"), f"/evidence/{paper.uid}/"
    response = client.get(path)
    b"".join(response.streaming_content)
    assert response["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again["Cache-Control"], again.content) == (304, "private, no-cache", b"")
    client.logout()
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 404


def test_an_original_is_opened_with_a_reason_and_the_opening_is_in_the_trail(world: World, sheet: Evidence) -> None:
    response = post(f"/evidence/{sheet.uid}/open/", "ang", reason="A name is disputed")
    assert (response.status_code, response.content_read) == (200, SHEET)
    assert response["Cache-Control"] == "no-store"
    opening = Opening.objects.get()
    assert (opening.evidence, opening.by, opening.reason) == (sheet, world.users["ang"], "A name is disputed")
    assert TrailLine.objects.filter(verb="evidence.open", by=world.users["ang"], key=opening.pk).exists()


def test_an_original_is_not_opened_without_a_reason(world: World, sheet: Evidence) -> None:
    for reason in ("", "  \u200b "):
        response = post(f"/evidence/{sheet.uid}/open/", "manager", reason=reason)
        assert response.status_code == 422
        assert "opened with a reason only" in response.content.decode()
    assert not Opening.objects.exists()


def test_who_does_not_work_with_people_opens_no_original(world: World, sheet: Evidence) -> None:
    for reader, status in {"dara": 403, "finance": 403, "ba": 404, "nobody": 404, "": 404}.items():
        response = post(f"/evidence/{sheet.uid}/open/", reader, reason="I am curious")
        assert response.status_code == status, reader
    assert not Opening.objects.exists()


def test_a_form_that_was_not_made_here_opens_nothing(world: World, sheet: Evidence) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.manager, backend=SIDE_DOOR)
    path = f"/evidence/{sheet.uid}/open/"
    refused = strict.post(path, {"reason": "Forged"})
    assert refused.status_code == 403
    assert "This form was not made here" in refused.content.decode()
    page = strict.get(f"/records/evidence/{sheet.pk}/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    cookie = strict.cookies["csrftoken"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    opened = strict.post(path, {"reason": "Asked by the council", "csrfmiddlewaretoken": token[1]})
    assert b"".join(opened.streaming_content) == SHEET


def test_a_page_never_loads_an_original_that_shows_persons(world: World, sheet: Evidence) -> None:
    pages = (event_of(sheet), f"/records/evidence/{sheet.pk}/", "/figures/TEST/events.forums/")
    for copies in range(2):
        for reader in ("manager", "ang"):
            for path in pages:
                text = get(path, reader).content.decode()
                assert f"/evidence/{sheet.uid}/" not in text.replace(f'action="/evidence/{sheet.uid}/open/"', ""), path
        page = get(pages[1], "manager").content.decode()
        assert ("redacted copy yet" in page) is (copies == 0)
        assert "Why do you open it?" in page
        redact_evidence(sheet, COPY, by=world.manager, on=world.day)


def test_who_may_not_see_the_original_sees_its_redacted_copy_or_that_there_is_one(
    world: World, sheet: Evidence
) -> None:
    before = get(event_of(sheet), "dara").content.decode()
    assert "closed to you; the office can open it" in before
    assert sheet.sha256[:16] in before
    copy = redact_evidence(sheet, COPY, by=world.users["ang"], on=world.day)
    after = get(event_of(sheet), "dara").content.decode()
    assert f'src="/evidence/{copy.uid}/"' in after
    assert "Attendance sheet – redacted copy" in after
    for reader in ("dara", "finance", "manager", "ang"):
        assert get(f"/evidence/{copy.uid}/", reader).content_read == COPY
    page = get(f"/records/evidence/{copy.pk}/", "dara").content.decode()
    assert "Forum 1" in page  # what it proves
    assert str(sheet.uid) not in page
    assert "Why do you open it?" not in page
    assert get(f"/records/evidence/{sheet.pk}/", "dara").status_code == 404


def test_the_public_sees_counts_and_no_paper(world: World, sheet: Evidence) -> None:
    redact_evidence(sheet, COPY, by=world.manager, on=world.day)
    text = get(event_of(sheet), "").content.decode()
    assert "Forum 1" in text
    assert "/evidence/" not in text
    assert "Manager" not in text
    assert 'id="trail"' not in text
    for piece in Evidence.objects.all():
        assert get(f"/evidence/{piece.uid}/", "").status_code == 404


def test_few_people_are_not_counted_before_strangers(world: World) -> None:
    thread = Thread(world).to("announce_forum")
    for sex, count in (("f", 97), ("m", 3)):
        record_attendance(thread.forum, capacity="citizen", sex=sex, count=count, by=world.manager, on=world.day)
    hold_event(thread.forum, papers={"minutes": world.paper()}, by=world.manager, on=world.day)
    for reader, inside in {"manager": True, "stranger": False, "": False}.items():
        shown = {
            query: get(f"/figures/TEST/events.present/{query}", reader).content.decode()
            for query in ("", "?sex=m", "?sex=f")
        }
        assert "100" in shown[""], reader
        assert ("&lt;5" in shown["?sex=m"]) is not inside, reader
        assert ("&lt;5" in shown["?sex=f"]) is not inside, reader
        assert (">3<" in shown["?sex=m"]) is inside, reader
        assert ("<tbody>" in shown["?sex=m"]) is inside, reader  # so many rows would say it, too
        ratio = get("/figures/TEST/participation.women/", reader).content.decode()
        assert ("97.00 %" in ratio) is inside, reader


def test_a_file_that_is_gone_is_not_opened_and_nothing_is_logged(world: World, sheet: Evidence) -> None:
    store.path_of(sheet.sha256).unlink()
    assert post(f"/evidence/{sheet.uid}/open/", "manager", reason="Audit").status_code == 404
    assert not Opening.objects.exists()
