"""What happens at events, and who may say so."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from laar.base.queries import evidence_of, papers_of
from laar.events.actions import (
    Present,
    accept_request,
    announce_event,
    cancel_event,
    decline_request,
    enter_attendance,
    hold_event,
    raise_request,
    record_attendance,
    refer_request,
    report_back_request,
)
from laar.events.models import Attendance, Event, Request
from laar.events.queries import present_at
from laar.kit.names import Name
from laar.registers.actions import register_party
from laar.registers.models import Party
from laar.registers.queries import place_coded
from tests.refused import refused_without_trace
from tests.thread import Thread, faults, fresh
from tests.world import World

TEXT, NOTHING = Name(en="A well", km="អណ្ដូង"), Name(en="", km=" ")
WHY = Name(en="Flood", km="ទឹកជំនន់")


def person(world: World, sex: str = "f") -> Party:
    return register_party(
        "person", name=Name(en="Sok Chan"), sex=sex, place=world.ang, by=world.users["ang"], on=world.day
    )


def announced(world: World, kind: str = "forum") -> Event:
    return announce_event(
        world.programme,
        kind,
        place=world.ang,
        host=world.council,
        day=world.day,
        title=Name(en="Event"),
        by=world.users["ang"],
        on=world.day,
    )


def attend(world: World, event: Event, **facts: object) -> Attendance:
    given = {"capacity": "citizen", "by": world.users["ang"], "on": world.day, **facts}
    return record_attendance(event, **given)  # type: ignore[arg-type]


def test_a_forum_is_held_with_its_minutes(world: World) -> None:
    forum = Thread(world).to("hold_forum").forum
    assert forum.state == "held"
    assert (present_at(forum), papers_of(forum)) == (100, {"minutes"})


def test_a_forum_without_minutes_is_not_held_and_keeps_no_paper(world: World) -> None:
    forum = announced(world)
    attend(world, forum, sex="f", count=3)
    photo = world.paper()
    with refused_without_trace("event.proof_missing"):
        hold_event(forum, papers={"photo": photo}, by=world.users["ang"], on=world.day)
    assert fresh(forum).state == "planned"
    assert not evidence_of(forum).exists()


def test_a_forum_nobody_is_known_to_have_come_to_is_not_held(world: World) -> None:
    forum, paper = announced(world), world.paper()
    with refused_without_trace("event.nobody_present"):
        hold_event(forum, papers={"minutes": paper}, by=world.users["ang"], on=world.day)


def test_a_person_by_name_and_a_count_add_up_in_one_column(world: World) -> None:
    forum, chan = announced(world), person(world)
    attend(world, forum, person=chan, sex="m")
    attend(world, forum, sex="m", count=12)
    assert present_at(forum) == 13
    assert [(row.sex, row.count) for row in forum.attendances.order_by("id")] == [("f", 1), ("m", 12)]


def test_a_person_is_on_the_list_once(world: World) -> None:
    forum, chan = announced(world), person(world)
    attend(world, forum, person=chan)
    with refused_without_trace("attendance.named_once"):
        attend(world, forum, person=chan, capacity="councillor")


@pytest.mark.parametrize("count", [0, -5])
def test_nobody_is_no_attendance(world: World, count: int) -> None:
    forum = announced(world)
    with refused_without_trace("attendance.count"):
        attend(world, forum, sex="f", count=count)


def test_a_person_by_name_counts_once(world: World) -> None:
    forum, chan = announced(world), person(world)
    with refused_without_trace("attendance.count") as no:
        attend(world, forum, person=chan, count=2)
    assert "2" in no.value.text.en


def test_no_request_is_taken_at_a_training(world: World) -> None:
    training = announced(world, "training")
    attend(world, training, sex="f", count=30)
    sheet = world.paper()
    training = hold_event(training, papers={"signed_sheet": sheet}, by=world.users["ang"], on=world.day)
    with refused_without_trace("event.no_requests_here"):
        raise_request(training, text=TEXT, by=world.users["ang"], on=world.day)


def test_no_request_is_taken_before_the_forum_is_held(world: World) -> None:
    forum = announced(world)
    with refused_without_trace("event.not_held"):
        raise_request(forum, text=TEXT, by=world.users["ang"], on=world.day)


def test_an_event_is_cancelled_with_a_reason_that_is_kept(world: World) -> None:
    forum = announced(world)
    with refused_without_trace("event.reason_missing"):
        cancel_event(forum, reason=NOTHING, by=world.users["ang"], on=world.day)
    forum = cancel_event(forum, reason=WHY, by=world.users["ang"], on=world.day)
    assert (forum.state, forum.reason_en, forum.reason_km) == ("cancelled", "Flood", "ទឹកជំនន់")


def test_people_are_present_for_a_body(world: World) -> None:
    forum, chan = announced(world), person(world)
    counted = attend(world, forum, sex="f", count=3, capacity="committee", body=world.committee)
    named = attend(world, forum, person=chan, capacity="councillor", body=world.council)
    assert counted.name.en == "3 × woman, member of the monitoring committee, Committee of Angkor Borei (fictional)"
    assert named.name.en == "Sok Chan, Council of Angkor Borei (fictional)"
    with refused_without_trace("attendance.not_a_body"):
        attend(world, forum, sex="f", count=2, body=chan)
    with refused_without_trace("attendance.named_once"):
        attend(world, forum, person=chan, capacity="committee", body=world.committee)


@pytest.mark.parametrize("kind", ["planning", "handover"])
def test_requests_are_taken_at_a_planning_meeting_and_at_a_public_account(world: World, kind: str) -> None:
    event = announced(world, kind)
    attend(world, event, sex="f", count=3)
    photo = world.paper()
    with refused_without_trace("event.proof_missing"):
        hold_event(event, papers={"photo": photo}, by=world.users["ang"], on=world.day)
    event = hold_event(event, papers={"minutes": world.paper()}, by=world.users["ang"], on=world.day)
    assert raise_request(event, text=TEXT, by=world.users["ang"], on=world.day).event == event


def test_a_cancelled_forum_takes_no_request(world: World) -> None:
    forum = cancel_event(announced(world), reason=WHY, by=world.users["ang"], on=world.day)
    with refused_without_trace("event.not_held"):
        raise_request(forum, text=TEXT, by=world.users["ang"], on=world.day)


def test_a_request_is_about_a_village_or_the_place_of_its_forum(world: World) -> None:
    thread, village = Thread(world).to("raise_request"), place_coded("21010101")
    asked = raise_request(thread.forum, text=TEXT, place=village, by=world.users["ang"], on=world.day)
    assert (thread.request.place, asked.place) == (world.ang, village)


def test_a_request_about_another_commune_is_not_within_reach(world: World) -> None:
    forum = Thread(world).to("hold_forum").forum
    with refused_without_trace("access.no_role"):
        raise_request(forum, text=TEXT, place=world.ba, by=world.users["ang"], on=world.day)


def test_a_request_says_something(world: World) -> None:
    forum = Thread(world).to("hold_forum").forum
    with refused_without_trace("record.invalid"):
        raise_request(forum, text=NOTHING, by=world.users["ang"], on=world.day)


def test_every_request_has_a_code_that_can_be_said(world: World) -> None:
    forum = Thread(world).to("hold_forum").forum
    codes = {raise_request(forum, text=TEXT, by=world.users["ang"], on=world.day).code for _ in range(8)}
    assert len(codes) == 8
    assert all(len(code) == 7 and code[3] == "-" and not set(code) & set("ILOU") for code in codes)


def test_a_reason_is_kept_with_a_no(world: World) -> None:
    asked = Thread(world).to("raise_request").request
    no = decline_request(asked, reason=TEXT, by=world.users["ang"], on=world.day)
    assert (no.state, no.reason_en, no.reason_km) == ("declined", "A well", "អណ្ដូង")


@pytest.mark.parametrize("reason", [Name(en="", km=""), NOTHING])
def test_a_no_without_a_reason_is_refused(world: World, reason: Name) -> None:
    asked = Thread(world).to("raise_request").request
    with refused_without_trace("request.reason_missing"):
        decline_request(asked, reason=reason, by=world.users["ang"], on=world.day)
    with refused_without_trace("request.reason_missing"):
        refer_request(asked, to=world.committee, reason=reason, by=world.users["ang"], on=world.day)


def test_a_referred_request_names_to_whom(world: World) -> None:
    asked = Thread(world).to("raise_request").request
    sent = refer_request(asked, to=world.committee, reason=TEXT, by=world.users["ang"], on=world.day)
    assert (sent.state, sent.referred_to, sent.decision) == ("referred", world.committee, "referred")


def test_a_request_is_decided_once_whatever_copy_the_caller_has(world: World) -> None:
    asked = Thread(world).to("raise_request").request
    accept_request(asked, by=world.users["ang"], on=world.day)
    assert asked.state == "recorded"
    with refused_without_trace("state.no_such_step"):
        decline_request(asked, reason=TEXT, by=world.users["ang"], on=world.day)


def test_people_are_told_at_an_event_that_was_held(world: World) -> None:
    asked = Thread(world).to("accept_request").request
    forum = announced(world)
    with refused_without_trace("event.not_held"):
        report_back_request(asked, at=forum, by=world.users["ang"], on=world.day)
    forum.state = "held"  # what the caller believes is not what is so
    with refused_without_trace("event.not_held"):
        report_back_request(asked, at=forum, by=world.users["ang"], on=world.day)


def test_the_decision_can_still_be_read_after_people_were_told(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    by, day = world.users["ang"], world.day
    one, two, three, four = (raise_request(thread.forum, text=TEXT, by=by, on=day) for _ in range(4))
    decided = [
        accept_request(one, by=by, on=day),
        decline_request(two, reason=TEXT, by=by, on=day),
        refer_request(three, to=world.committee, reason=TEXT, by=by, on=day),
    ]
    told = [report_back_request(request, at=thread.forum, by=by, on=day) for request in decided]
    assert {request.state for request in told} == {"reported_back"}
    assert [request.decision for request in told] == ["accepted", "declined", "referred"]
    assert Request.objects.get(pk=four.pk).decision == ""
    assert faults() == []


def test_a_facilitator_of_another_commune_has_no_part_in_it(world: World) -> None:
    thread = Thread(world)
    for stage in ("announce_forum", "hold_forum", "raise_request", "accept_request"):
        thread.before(stage) if stage != "announce_forum" else None
        if stage == "hold_forum":
            paper = world.paper()
            with refused_without_trace("access.no_role"):
                hold_event(thread.forum, papers={"minutes": paper}, by=world.users["ba"], on=world.day)
        else:
            with refused_without_trace("access.no_role"):
                getattr(thread, stage)(by=world.users["ba"])


@pytest.mark.parametrize("name", ["stranger", "nobody", "finance", "admin"])
def test_a_user_without_a_role_in_the_field_announces_nothing(world: World, name: str) -> None:
    with refused_without_trace("access.no_role"):
        Thread(world).announce_forum(by=world.users[name])


def test_a_user_of_the_other_programme_decides_nothing_here(world: World) -> None:
    thread = Thread(world).to("raise_request")
    with refused_without_trace("access.no_role"):
        thread.accept_request(by=world.stranger)


def test_a_paper_that_is_dated_tomorrow_is_not_recorded_today(world: World) -> None:
    from_tomorrow = world.day.replace(year=2100) + timedelta(days=1)
    with refused_without_trace("day.not_yet"):
        Thread(world).announce_forum(on=from_tomorrow)


def test_a_sheet_of_those_present_is_entered_as_a_whole_or_not_at_all(world: World) -> None:
    event = Thread(world).to("announce_forum").forum
    by, day = world.users["ang"], world.day
    sheet = [Present("citizen", sex="f", count=40), Present("committee", person=world.witness, body=world.committee)]
    for wrong, no in (
        (Present("citizen", sex="m", count=0), "attendance.count"),
        (Present("citizen", body=world.witness), "attendance.not_a_body"),
        (Present("citizen", person=world.witness), "attendance.named_once"),
    ):
        with refused_without_trace(no):
            enter_attendance(event, [*sheet, wrong], by=by, on=day)
    with refused_without_trace("access.no_role"):
        enter_attendance(event, sheet, by=world.users["ba"], on=day)
    command = uuid4()
    for _ in range(2):  # a double click
        enter_attendance(event, sheet, by=by, on=day, command=command)
    assert [(one.count, one.person, one.body) for one in event.attendances.order_by("id")] == [
        (40, None, None),
        (1, world.witness, world.committee),
    ]
    hold_event(event, papers={"minutes": world.paper()}, by=by, on=day)
    with refused_without_trace("event.closed"):
        enter_attendance(event, sheet, by=by, on=day)
