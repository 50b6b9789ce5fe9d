"""Doing: every verb of the desk is asked for rightly, says what it will change, and does it or says why not."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from laar.base import clock
from laar.base.act import actions
from laar.base.models import Evidence, Programme, TrailLine
from laar.base.signatures import parameters_of, subject_of
from laar.desk.verbs import subject
from laar.desk.verbs.asks import ELSEWHERE, FIRST, LEFT, question_for
from laar.desk.verbs.questions import WholeField, kept_for
from laar.events.actions import correct_event
from laar.events.models import Attendance, Event, Request
from laar.kit.names import Name
from laar.ledger.models import Entry
from laar.plans.models import Plan
from laar.projects.actions import request_tranche
from laar.projects.models import Project, Tranche
from laar.registers.models import Party
from tests.desk.clients import client_of
from tests.thread import Thread
from tests.world import PNG, World


def scan(name: str = "scan.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG + name.encode(), content_type="image/png")


def send(client: Client, path: str, **said: object):
    """Open the form and send it back, as a browser does: with its hidden fields."""
    page = client.get(path)
    assert page.status_code == 200, page.content.decode()
    hidden = {name: page.context[name] for name in ("nonce", "seen") if page.context.get(name) is not None}
    return client.post(path, {**hidden, **said})


def test_every_parameter_of_every_action_has_its_question() -> None:
    for verb in actions():
        if verb not in ELSEWHERE:
            for parameter in parameters_of(verb):
                asked = question_for(verb, parameter.name)
                assert asked or f"{verb}.{parameter.name}" in LEFT or parameter.has_default, (verb, parameter.name)


def test_what_is_done_elsewhere_and_what_is_asked_first_are_verbs() -> None:
    assert set(ELSEWHERE) <= set(actions())
    assert set(FIRST) <= set(actions()) - set(ELSEWHERE)


def test_approving_says_what_it_changes_and_does_it(world: World) -> None:
    thread = Thread(world).to("request_first")
    client, path = client_of("manager"), f"/do/tranche.approve/tranche/{thread.first.pk}/"
    page = client.get(path).content.decode()
    assert "What it changes" in page
    assert "Requested" in page
    assert "Approved" in page
    lines = TrailLine.objects.count()
    answer = send(client, path, on=world.day.isoformat())
    assert answer.status_code == 302
    assert Tranche.objects.get(pk=thread.first.pk).state == "approved"
    assert TrailLine.objects.count() == lines + 1
    after = client.get(answer["Location"]).content.decode()
    assert "Recorded." in after
    assert f"Reference: {TrailLine.objects.latest('id').pk}" in after


def test_paying_shows_the_entry_that_it_will_post(world: World) -> None:
    thread = Thread(world).to("approve_first")
    entries = Entry.objects.count()
    page = client_of("finance").get(f"/do/tranche.pay/tranche/{thread.first.pk}/").content.decode()
    assert "advances, EUR 400.00" in page
    assert "bank, EUR –400.00" in page
    assert Entry.objects.count() == entries  # it was only rehearsed


def test_returning_needs_a_reason_and_keeps_what_was_typed(world: World) -> None:
    thread = Thread(world).to("submit_plan")
    client, path = client_of("manager"), f"/do/plan.return/plan/{thread.plan.pk}/"
    refused = send(client, path, on=world.day.isoformat())
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    assert Plan.objects.get(pk=thread.plan.pk).state == "submitted"
    done = send(client, path, on=world.day.isoformat(), **{"reason-km": "ខ្វះថវិកា", "reason-en": ""})
    assert done.status_code == 302
    plan = Plan.objects.get(pk=thread.plan.pk)
    assert (plan.state, plan.reason_km) == ("returned", "ខ្វះថវិកា")


def test_a_refused_form_stands_there_again_with_everything_typed(world: World) -> None:
    thread = Thread(world).to("request_first")
    client, path = client_of("manager"), f"/do/tranche.withhold/tranche/{thread.first.pk}/"
    future = clock.today() + timedelta(days=400)
    refused = send(client, path, on=future.isoformat(), **{"reason-en": "The budget is not clear yet"})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "The budget is not clear yet" in text
    assert future.isoformat() in text
    assert "which is after today" in text


def test_four_eyes_are_said_where_the_button_would_stand(world: World) -> None:
    thread = Thread(world).to("sign")
    request_tranche(thread.first, by=world.manager, on=world.day)
    page = client_of("manager").get(f"/do/tranche.approve/tranche/{thread.first.pk}/")
    assert "four eyes" in page.content.decode()
    assert b'type="submit"' not in page.content


def test_who_may_not_is_told_so_and_who_may_not_know_of_it_is_not(world: World) -> None:
    thread = Thread(world).to("request_first")
    path = f"/do/tranche.approve/tranche/{thread.first.pk}/"
    assert client_of("ang").get(path).status_code == 403
    for reader in ("ba", "stranger", "nobody"):
        assert client_of(reader).get(path).status_code == 404, reader
    anonymous = Client().get(path)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/account/login/")


def test_a_step_that_does_not_leave_this_state_says_what_is_possible(world: World) -> None:
    thread = Thread(world).to("request_first")
    page = client_of("finance").get(f"/do/tranche.pay/tranche/{thread.first.pk}/")
    assert page.status_code == 409
    assert "Possible now" in page.content.decode()


def test_a_scan_is_kept_with_who_signed_it_and_not_lost_when_the_step_is_refused(world: World) -> None:
    thread = Thread(world).to("pay_first")
    client, path = client_of("ang"), f"/do/tranche.acknowledge/tranche/{thread.first.pk}/"
    unsigned = send(client, path, on=world.day.isoformat(), receipt=scan())
    assert unsigned.status_code == 422
    assert "who signed it" in unsigned.content.decode()
    piece = Evidence.objects.latest("id")
    kept = re.search(r'name="receipt-kept" value="([^"]+)"', unsigned.content.decode())
    assert kept
    form = {
        "on": world.day.isoformat(),
        "receipt-kept": html.unescape(kept[1]),
        "receipt-signed_by": "Mey Chamroeun, chief",
    }
    again = send(client, path, **form)
    assert again.status_code == 302, again.content.decode()
    assert Tranche.objects.get(pk=thread.first.pk).state == "acknowledged"
    assert Evidence.objects.get(pk=piece.pk).signed_by == "Mey Chamroeun, chief"


def test_sending_a_form_twice_does_it_once_and_changed_content_is_a_new_one(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    client, path = client_of("ang"), f"/do/request.raise/event/{thread.forum.pk}/"
    page = client.get(path)
    form = {"nonce": page.context["nonce"], "on": world.day.isoformat(), "text-en": "A well", "is_sensitive": "no"}
    first, second = client.post(path, form), client.post(path, form)
    assert first["Location"] == second["Location"]
    assert Request.objects.count() == 1
    client.post(path, {**form, "text-en": "A bridge"})
    assert [one.text_en for one in Request.objects.order_by("id")] == ["A well", "A bridge"]


def test_of_two_people_correcting_one_record_the_second_sees_both_versions(world: World) -> None:
    thread = Thread(world).to("raise_request")
    path = f"/do/request.correct/request/{thread.request.pk}/"
    one, two = client_of("ang"), client_of("manager")
    mine, theirs = one.get(path), two.get(path)
    text = {"text-en": mine.context["form"].initial["text-en"], "text-km": mine.context["form"].initial["text-km"]}

    def form(page, **typed: str) -> dict[str, object]:
        first = {f"initial-{name}": value or "" for name, value in text.items()}
        first |= {"initial-sex": "f", "initial-is_sensitive": "no"}
        fixed = {"nonce": page.context["nonce"], "seen": page.context["seen"], "on": world.day.isoformat()}
        return {**first, **text, "sex": "f", "is_sensitive": "no", **fixed, **typed}

    assert two.post(path, form(theirs, **{"text-km": "អណ្តូងទឹកថ្មី"})).status_code == 302
    clash = one.post(path, form(mine, **{"text-en": "A deep well"}))
    assert clash.status_code == 409
    shown = clash.content.decode()
    assert "Changed meanwhile" in shown
    assert "អណ្តូងទឹកថ្មី" in shown  # theirs
    assert "A deep well" in shown  # mine
    data = clash.context["form"].data.dict() | {"nonce": clash.context["nonce"], "seen": clash.context["seen"]}
    assert one.post(path, data).status_code == 302
    request = Request.objects.get(pk=thread.request.pk)
    assert (request.text_en, request.text_km) == ("A deep well", "អណ្តូងទឹកថ្មី")  # nothing of either is lost


def test_a_form_asks_first_what_the_rest_depends_on(world: World) -> None:
    client = client_of("ang")
    first = client.get("/do/event.announce/")
    assert b'method="get"' in first.content
    address = f"/do/event.announce/?kind=forum&place={world.ang.pk}"
    page = client.get(address)
    assert "Council of Angkor Borei" in page.content.decode()
    form = {"nonce": page.context["nonce"], "on": world.day.isoformat(), "host": world.council.pk, "day": "2008-03-20"}
    done = client.post(address, {**form, "title-en": "Forum of spring"})
    assert done.status_code == 302, done.content.decode()
    assert Event.objects.get(title_en="Forum of spring").place == world.ang


def test_an_attendance_sheet_is_entered_by_name_and_by_number(world: World) -> None:
    thread = Thread(world).to("announce_forum")
    path = f"/do/attendance.enter/event/{thread.forum.pk}/"
    before = Attendance.objects.filter(event=thread.forum).count()
    done = send(
        client_of("ang"), path, on=world.day.isoformat(), **{"present-citizen-f": "២៥", "present-citizen-m": "12"}
    )
    assert done.status_code == 302, done.content.decode()
    counts = Attendance.objects.filter(event=thread.forum).order_by("id")[before:].values_list("sex", "count")
    assert list(counts) == [("f", 25), ("m", 12)]


def test_an_agreement_is_signed_with_its_tranches(world: World) -> None:
    thread = Thread(world).to("approve")
    path = f"/do/project.sign/project/{thread.project.pk}/"
    terms = {
        "terms-number": "OA-1",
        "terms-route": "advance",
        "terms-fund": world.fund.pk,
        "terms-tranche-1": "381.00",
        "terms-tranche-2": "254.00",
        "terms-bank": world.accounts["bank"].pk,
        "terms-advances": world.accounts["advances"].pk,
        "terms-expense": world.accounts["expense"].pk,
    }
    done = send(
        client_of("manager"),
        path,
        on=world.day.isoformat(),
        paper=scan(),
        **{"paper-signed_by": "Both parties"},
        **terms,
    )
    assert done.status_code == 302, done.content.decode()
    project = Project.objects.get(pk=thread.project.pk)
    assert project.state == "agreed"
    assert [str(one.amount) for one in project.agreement.tranches.order_by("number")] == ["EUR 381.00", "EUR 254.00"]


def test_an_amount_that_can_be_read_in_two_ways_is_asked(world: World) -> None:
    thread = Thread(world).to("draft_plan")
    path = f"/do/line.add/plan/{thread.plan.pk}/"
    page = send(client_of("ang"), path, budget="6.848")
    assert "6,848 or 6.85" in page.content.decode()


@pytest.mark.parametrize("prefix", ["", pytest.param("/km", marks=pytest.mark.long)])
def test_every_form_that_can_be_opened_opens_in_both_languages(world: World, prefix: str) -> None:
    """A walk over all verbs with a record of their kind: none of them breaks, each says yes, no or what is missing."""
    thread = Thread(world).to("bring_voucher")
    records = {
        Event: thread.forum,
        Request: thread.request,
        Plan: thread.plan,
        Project: thread.project,
        Tranche: thread.first,
        Party: world.council,
    }
    clients = [client_of(reader) for reader in ("manager", "finance", "admin")]
    opened = 0
    for verb in sorted(set(actions()) - set(ELSEWHERE)):
        model = subject_of(verb)
        if model in (None, Programme):
            path = f"{prefix}/do/{verb}/"
        elif model in records:
            path = f"{prefix}/do/{verb}/{model._meta.model_name}/{records[model].pk}/"
        else:
            continue
        for client in clients:
            answer = client.get(path)
            assert answer.status_code in (200, 403, 409), (path, answer.status_code)
            opened += answer.status_code == 200
    assert opened > 20


def test_a_verb_that_there_is_not_is_no_page(world: World) -> None:
    for path in ("/do/tranche.steal/tranche/1/", "/do/entry.post/", "/do/role.grant/", "/do/tranche.approve/plan/1/"):
        assert client_of("manager").get(path).status_code == 404, path


def test_nobody_attaches_a_paper_by_guessing_its_id(world: World) -> None:
    """A file that was kept a moment ago is named by a form, signed for the person who sent it."""
    thread = Thread(world).to("pay_first")
    piece = world.paper()
    path = f"/do/tranche.acknowledge/tranche/{thread.first.pk}/"
    theirs = kept_for(world.manager, piece)
    for kept in (str(piece.uid), theirs, "x", "'" * 500):
        refused = send(client_of("ang"), path, on=world.day.isoformat(), **{"receipt-kept": kept})
        assert refused.status_code == 422, kept
    assert Tranche.objects.get(pk=thread.first.pk).state == "paid"


def test_a_step_sent_twice_shows_twice_what_was_done_once(world: World) -> None:
    thread = Thread(world).to("request_first")
    client, path = client_of("manager"), f"/do/tranche.approve/tranche/{thread.first.pk}/"
    page = client.get(path)
    form = {"nonce": page.context["nonce"], "seen": page.context["seen"], "on": world.day.isoformat()}
    first, second = client.post(path, form), client.post(path, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert "Recorded." in client.get(second["Location"]).content.decode()


def test_a_change_that_falls_between_the_version_and_the_form_is_not_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version is asked for before the record: whoever writes in between is found by it."""
    thread = Thread(world).to("announce_forum")
    path = f"/do/event.correct/event/{thread.forum.pk}/"
    read = subject.visible

    def slow(*args: object) -> object:
        monkeypatch.undo()
        found = list(read(*args))
        correct_event(thread.forum, title=Name(en="Theirs"), day=thread.forum.on, by=world.manager, on=world.day)
        return type("Rows", (), {"first": lambda _self: found[0]})()

    client = client_of("ang")
    monkeypatch.setattr(subject, "visible", slow)
    page = client.get(path)
    data = {name: page.context["form"].initial.get(name) or "" for name in ("title-en", "title-km")}
    fixed = {"nonce": page.context["nonce"], "seen": page.context["seen"], "on": world.day.isoformat()}
    assert client.post(path, {**data, **fixed, "day": thread.forum.on.isoformat()}).status_code == 409
    assert Event.objects.get(pk=thread.forum.pk).title_en == "Theirs"


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "-1", "1e9"])
def test_a_number_that_nobody_means_is_asked_again(world: World, number: str) -> None:
    thread = Thread(world).to("announce_forum")
    path = f"/do/attendance.enter/event/{thread.forum.pk}/"
    answer = send(client_of("ang"), path, on=world.day.isoformat(), **{"present-citizen-f": number})
    assert answer.status_code == 422


def test_a_form_with_a_number_that_was_not_drawn_here_does_nothing(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    path = f"/do/request.raise/event/{thread.forum.pk}/"
    form = {"nonce": "x", "on": world.day.isoformat(), "text-en": "A well", "is_sensitive": "no"}
    assert client_of("ang").post(path, form).status_code == 403
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), ("1,200", 1200), ("1,234,567", 1234567), ("12,5", None), ("1,5", None)]
)
def test_a_comma_stands_between_thousands_or_the_number_is_asked_again(typed: str, number: int | None) -> None:
    field = WholeField(label="x", required=True)
    if number is None:
        with pytest.raises(ValidationError):
            field.clean(typed)
    else:
        assert field.clean(typed) == number
