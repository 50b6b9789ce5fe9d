from contextvars import Context

import pytest

from laar.base.access import Permission, can, visible
from laar.base.act import act
from laar.base.actions import end_role, found_programme, grant_role, register_user
from laar.base.clock import now, today
from laar.base.guard import open_door
from laar.base.models import Attachment, Evidence, Programme, Role, User
from laar.base.rules import ROLES, verb_of, verbs
from laar.events.actions import announce_event, hold_event, raise_request, record_attendance
from laar.events.models import Attendance, Event, Request
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.registers.models import Place
from tests.refused import refused_without_trace
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.thread import Thread


def announced(world, place, by):
    title = Name("Forum", "វេទិកា")
    return announce_event(
        world.programme, "forum", place=place, host=world.council, day=world.day, title=title, by=by, on=world.day
    )


@pytest.fixture
def events(world):
    """A forum in each of the two communes."""
    return {place: announced(world, getattr(world, place), world.manager) for place in ("ang", "ba")}


MAY = {
    ("admin", "ang"): False,  # no role of an administrator lets anybody hold events
    ("manager", "ang"): True,
    ("manager", "ba"): True,
    ("ang", "ang"): True,
    ("ang", "ba"): False,
    ("ba", "ba"): True,
    ("ba", "ang"): False,
    ("finance", "ang"): False,
    ("stranger", "ang"): False,
    ("nobody", "ang"): False,
}


def test_a_role_reaches_its_programme_and_its_area_and_no_farther(world, events):
    for (who, where), may in MAY.items():
        assert can(world.users[who], verb_of("event.hold"), events[where], now()) is may, (who, where)


def test_who_may_not_is_refused_and_told_which_role_it_takes(world, events):
    for who, where in (pair for pair, may in MAY.items() if not may):
        by = world.users[who]
        with refused_without_trace("access.no_role") as no:
            record_attendance(events[where], capacity="citizen", sex="f", count=1, by=by, on=world.day)
        assert "Facilitator" in no.value.text.en
        assert "អ្នកសម្របសម្រួល" in no.value.text.km


def test_nothing_is_created_outside_the_reach_of_the_doer(world):
    event = Event(programme=world.programme, kind="forum", on=world.day, place=world.ba, host=world.council)
    with (
        refused_without_trace("access.no_role"),
        act(world.users["ang"], "event.announce", world.ang, on=world.day) as step,
    ):
        step.create(event)


def test_an_account_that_was_closed_may_nothing_and_sees_nothing(world, events):
    with open_door():
        User.objects.filter(pk=world.manager.pk).update(is_active=False)
    closed = User.objects.get(pk=world.manager.pk)
    with refused_without_trace("access.not_active"):
        hold_event(events["ang"], papers={}, by=closed, on=world.day)
    assert not can(closed, verb_of("event.hold"), events["ang"], now())
    assert not visible(closed, Event.objects.all()).exists()


def test_a_role_that_ended_may_nothing_and_sees_nothing(world, events):
    end_role(Role.objects.get(user=world.users["ang"]), until=today(), by=world.admin, on=world.day)
    assert not can(world.users["ang"], verb_of("event.hold"), events["ang"], now())
    assert not visible(world.users["ang"], Event.objects.all()).exists()


def test_the_installation_itself_does_only_what_must_exist_before_anybody_signs_in(world, events):
    for verb in verbs():
        assert can(None, verb, world.programme, now()) is verb.by_system
    assert {verb.code for verb in verbs() if verb.by_system} == {
        "installation.open",
        "programme.found",
        "user.register",
        "role.grant",
        "user.invite",
        "factor.reset",
        "gazetteer.load",
    }
    with refused_without_trace("access.no_role"):
        hold_event(events["ang"], papers={}, by=None, on=world.day)  # type: ignore[arg-type]  # that is the point


# ── who gives roles ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_administrator_of_one_programme_gives_no_role_in_another(world):
    with refused_without_trace("access.no_role"):
        grant_role(world.nobody, role="donor", programme=world.other, since=world.day, by=world.admin, on=world.day)


def test_an_administrator_of_one_programme_gives_no_role_in_all_of_them(world):
    with refused_without_trace("access.no_role"):
        grant_role(world.admin, role="manager", programme=None, since=world.day, by=world.admin, on=world.day)


def test_an_administrator_of_all_programmes_gives_roles_in_each(world):
    root = register_user("root", name=Name("Root"), by=None, on=world.day)
    grant_role(root, role="administrator", programme=None, since=world.day, by=None, on=world.day)
    for programme in (world.programme, world.other, None):
        grant_role(world.nobody, role="auditor", programme=programme, since=world.day, by=root, on=world.day)


def test_an_administrator_of_a_district_gives_no_role_in_the_whole_programme(world):
    given = {"role": "administrator", "programme": world.programme, "since": world.day, "on": world.day}
    grant_role(world.nobody, place="2101", by=world.admin, **given)
    with refused_without_trace("access.no_role"):
        grant_role(world.users["ang"], by=world.nobody, **given)


# ── what is seen ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_everybody_sees_what_their_role_reaches(world, events):
    reach = {"manager": {"ang", "ba"}, "finance": {"ang", "ba"}, "ang": {"ang"}, "ba": {"ba"}, "stranger": set()}
    for who, seen in {**reach, "nobody": set()}.items():
        assert set(visible(world.users[who], Event.objects.all())) == {events[name] for name in seen}, who


def test_nobody_signed_in_sees_nothing(world, events):
    for model in (Event, Place, Programme, Evidence, User):
        assert not visible(None, model.objects.all()).exists()
        assert not visible(world.nobody, model.objects.all()).exists()


def test_what_belongs_to_a_record_is_seen_by_the_place_of_that_record(world, events):
    for name, event in events.items():
        record_attendance(event, capacity="citizen", sex="f", count=1, by=world.users[name], on=world.day)
    assert [one.event for one in visible(world.users["ba"], Attendance.objects.all())] == [events["ba"]]


def test_what_concerns_the_whole_programme_is_not_seen_from_a_part_of_it(world):
    world.paper()
    assert visible(world.manager, Evidence.objects.all()).count() == 1
    assert not visible(world.users["ang"], Evidence.objects.all()).exists()
    assert not visible(world.stranger, Evidence.objects.all()).exists()
    assert not visible(world.users["ang"], Attachment.objects.all()).exists()


def test_two_roles_reach_what_each_of_them_reaches(world, events):
    grant_role(
        world.users["ang"],
        role="facilitator",
        programme=world.programme,
        place="210102",
        since=world.day,
        by=world.admin,
        on=world.day,
    )
    assert visible(world.users["ang"], Event.objects.all()).count() == 2
    assert can(world.users["ang"], verb_of("event.hold"), events["ba"], now())


def test_a_role_in_all_programmes_sees_all_of_them(world, events):
    grant_role(world.nobody, role="auditor", programme=None, since=world.day, by=None, on=world.day)
    assert visible(world.nobody, Event.objects.all()).count() == 2


def test_the_question_is_asked_of_the_database_once(world, events, django_assert_num_queries):
    permission = Permission(world.manager, verb_of("event.hold"), now())
    with django_assert_num_queries(1):
        assert permission.reaches(events["ang"])
        assert permission.reaches(events["ba"])


def test_every_verb_names_roles_that_exist():
    for verb in verbs():
        assert bool(verb.roles) is not verb.own, verb.code
        assert verb.roles <= set(ROLES), verb.code


def test_a_programme_belongs_to_itself(world):
    assert not can(world.stranger, verb_of("evidence.keep"), world.programme, now())
    assert can(world.stranger, verb_of("evidence.keep"), world.other, now())
    mine = found_programme("MINE", name=Name("Mine"), currency="USD", by=None, on=world.day)
    assert not can(world.manager, verb_of("evidence.keep"), mine, now())


def test_nobody_is_not_the_installation(world):
    context = Context()  # as a request of somebody who is not signed in would have it
    with pytest.raises(Refusal) as no:
        context.run(register_user, "x", name=Name(en="X"), by=None, on=world.day)
    assert no.value.code == "access.no_role"


def test_a_request_that_is_sensitive_is_seen_by_the_office_only(world):
    thread = Thread(world).to("hold_forum")
    asked = raise_request(
        thread.forum, text=Name(en="In confidence"), is_sensitive=True, by=world.manager, on=world.day
    )
    donor = register_user("reads", name=Name(en="Reads"), by=None, on=world.day)
    grant_role(donor, role="donor", programme=world.programme, since=world.day, by=None, on=world.day)
    assert asked in visible(world.manager, Request.objects.all())
    assert asked not in visible(donor, Request.objects.all())
