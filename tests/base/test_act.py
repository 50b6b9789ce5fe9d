from datetime import timedelta

import pytest

from laar.base.act import act, actions
from laar.base.actions import grant_role, keep_evidence
from laar.base.faults import checks
from laar.base.models import Evidence, TrailLine, TrailRow
from laar.base.objectors import objectors_to, objects_to
from laar.base.queries import installation
from laar.base.trail import history, version_of
from laar.events.actions import announce_event, cancel_event, record_attendance
from laar.events.models import Event
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import credit, debit, open_book, open_fund, post_entry
from laar.registers.actions import end_membership, seat_member
from laar.registers.models import Party
from tests.refused import refused, refused_without_trace
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.world import PNG, eur

WHY = Name(en="Flood", km="ទឹកជំនន់")


def forum(world, title="Forum"):
    return announce_event(
        world.programme,
        "forum",
        place=world.ang,
        host=world.council,
        day=world.day,
        title=Name(title, title),
        by=world.ang_,
        on=world.day,
    )


@pytest.fixture
def event(world):
    world.users["ang_"] = world.users["ang"]  # `world.ang` is the commune
    return forum(world)


def retitled(by, event, title, on, **given):
    """An action as a test may need it: gives an event another title."""
    with act(by, "event.cancel", event, on=on, **given) as step:
        step.subject.title_en = title
        step.save(step.subject)
    return step.subject


def found_by(check):
    return [fault.text.en for fault in checks()[check]()]


# ── the subject ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_subject_is_fresh_whatever_the_caller_holds(world, event):
    stale = Event.objects.get(pk=event.pk)
    cancel_event(event, reason=WHY, by=world.manager, on=world.day)
    assert stale.state == "planned"
    with act(world.manager, "event.cancel", stale, on=world.day) as step:
        assert step.subject is not stale
        assert step.subject.state == "cancelled"


def test_a_stale_copy_does_not_let_the_same_thing_be_done_twice(world, event):
    stale = Event.objects.get(pk=event.pk)
    cancel_event(event, reason=WHY, by=world.manager, on=world.day)
    with refused_without_trace("state.no_such_step"):
        cancel_event(stale, reason=WHY, by=world.manager, on=world.day)


def test_what_the_caller_scribbled_on_its_copy_is_not_written(world, event):
    event.title_en = "Scribbled"
    cancel_event(event, reason=WHY, by=world.manager, on=world.day)
    assert Event.objects.get(pk=event.pk).title_en == "Forum"


def test_a_subject_that_is_gone_is_refused(world):
    with refused("record.not_found"), act(world.manager, "event.cancel", Event(pk=999_999), on=world.day):
        pytest.fail("the body must not run")


# ── a refusal writes nothing ────────────────────────────────────────────────────────────────────────────────────────


def test_a_refusal_in_the_body_writes_nothing(world, event):
    before = Event.objects.count(), TrailLine.objects.count(), TrailRow.objects.count(), Evidence.objects.count()
    with refused("period.reversed"), act(world.manager, "event.announce", world.ang, on=world.day) as step:
        step.create(Event(programme=world.programme, kind="forum", on=world.day, place=world.ang, host=world.council))
        keep_evidence(world.programme, PNG + b"new", caption=Name("x"), dated=world.day, by=world.manager, on=world.day)
        raise Refusal("period.reversed")
    assert before == (
        Event.objects.count(),
        TrailLine.objects.count(),
        TrailRow.objects.count(),
        Evidence.objects.count(),
    )


def test_an_error_in_the_body_writes_nothing(world, event):
    with pytest.raises(ZeroDivisionError), act(world.manager, "event.cancel", event, on=world.day) as step:
        step.subject.title_en = "Changed"
        step.save(step.subject)
        raise ZeroDivisionError
    assert Event.objects.get(pk=event.pk).title_en == "Forum"
    assert history(event).count() == 1


def test_an_action_that_changes_nothing_leaves_no_line(world, event):
    before = TrailLine.objects.count()
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        step.save(step.subject)
    assert TrailLine.objects.count() == before


def test_what_the_database_refuses_is_said_as_a_refusal(world):
    seat = seat_member(world.committee, world.witness, role="member", since=world.day, by=world.manager, on=world.day)
    with refused_without_trace("period.reversed"):
        end_membership(seat, until=world.day - timedelta(days=1), by=world.manager, on=world.day)


def test_an_open_role_is_given_once(world):
    given = {"role": "facilitator", "programme": world.programme, "place": "210101", "since": world.day}
    with refused_without_trace("role.already_given"):
        grant_role(world.users["ang"], by=world.admin, on=world.day, **given)


def test_a_role_that_does_not_exist_is_refused(world):
    with refused_without_trace("role.unknown"):
        grant_role(world.nobody, role="king", programme=None, since=world.day, by=world.admin, on=world.day)


# ── what a step may write ───────────────────────────────────────────────────────────────────────────────────────────


def test_saving_a_record_that_was_not_locked_is_an_error(world, event):
    other = forum(world, "Other")
    with (
        pytest.raises(RuntimeError, match="was not locked"),
        act(world.manager, "event.cancel", event, on=world.day) as step,
    ):
        other.title_en = "Changed"
        step.save(other)
    with (
        pytest.raises(RuntimeError, match="was not locked"),
        act(world.manager, "event.cancel", event, on=world.day) as step,
    ):
        step.save(Event.objects.get(pk=other.pk))


def test_saving_a_copy_that_another_copy_has_overtaken_is_an_error(world, event):
    with (
        pytest.raises(RuntimeError, match="another copy"),
        act(world.manager, "event.cancel", event, on=world.day) as step,
    ):
        first, second = step.lock(event), step.lock(event)
        first.title_en = "First"
        step.save(first)
        second.title_en = "Second"
        step.save(second)
    assert Event.objects.get(pk=event.pk).title_en == "Forum"


def test_a_second_record_is_saved_after_it_was_locked(world, event):
    other = forum(world, "Other")
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        locked = step.lock(other)
        locked.title_en = "Changed"
        step.save(locked)
    assert Event.objects.get(pk=other.pk).title_en == "Changed"


def test_only_the_columns_that_changed_are_written_and_noted(world, event, django_assert_num_queries):
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        step.subject.title_en = "Changed"
        with django_assert_num_queries(1) as queries:
            step.save(step.subject)
    assert '"title_km"' not in queries[0]["sql"].split("WHERE")[0]
    row = history(event)[0]
    assert row.before == {"title_en": "Forum"}
    assert row.after["title_en"] == "Changed"
    assert row.after["state"] == "planned"


def test_what_is_cited_belongs_to_the_same_programme(world, event):
    stray = Event(programme=world.other, kind="forum", on=world.day, place=world.ang, host=world.council)
    with refused_without_trace("access.no_role"), act(world.manager, "event.announce", world.ang, on=world.day) as step:
        step.create(stray)
    theirs = others_fund(world)
    with refused_without_trace("record.other_programme"):
        post_entry(
            world.book,
            [debit(world.accounts["bank"], theirs, eur(1)), credit(world.accounts["income"], world.fund, eur(1))],
            text=Name("x"),
            by=world.finance,
            on=world.day,
        )


def others_fund(world):
    return open_fund(
        world.other, "G", name=Name("Theirs"), kind="grant", giver=world.donor, by=world.stranger, on=world.day
    )


def test_a_changed_record_can_not_come_to_cite_another_programme(world):
    theirs = open_book(
        world.other, "MAIN", name=Name("x"), owner=world.ngo, currency="EUR", by=world.stranger, on=world.day
    )
    with (
        refused_without_trace("record.other_programme"),
        act(world.finance, "account.open", world.book, on=world.day) as step,
    ):
        account = step.lock(world.accounts["bank"])
        account.book = theirs
        step.save(account)


def test_create_many_writes_a_row_for_each_record(world):
    parties = [Party(kind="cbo", name_en=f"Group {n}") for n in range(25)]
    with act(world.manager, "party.register", installation(), on=world.day) as step:
        made = step.create_many(parties)
    (line,) = {TrailRow.objects.get(table="registers.party", key=party.pk).line_id for party in made}
    assert TrailRow.objects.filter(line=line).count() == 25
    assert found_by("trail.images") == []


def test_create_many_of_nothing_is_nothing(world):
    with act(world.manager, "party.register", installation(), on=world.day) as step:
        assert step.create_many([]) == []


# ── versions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_form_opened_before_somebody_elses_change_is_refused_with_both_versions(world, event):
    opened = version_of(event)
    retitled(world.manager, event, "Changed", world.day)
    with refused_without_trace("record.changed_since") as no:
        cancel_event(event, reason=WHY, by=world.second, on=world.day, seen=opened)
    assert no.value.facts["seen"] == opened
    assert no.value.facts["version"] == version_of(event)
    assert "Manager" in no.value.text.en


def test_a_form_with_the_newest_version_is_accepted(world, event):
    cancelled = cancel_event(event, reason=WHY, by=world.second, on=world.day, seen=version_of(event))
    assert cancelled.state == "cancelled"


# ── objectors ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def objector():
    """Somebody above who objects to a forum being cancelled, as long as the test lasts."""
    asked = []

    @objects_to("event.cancel")
    def no_forum_is_cancelled(event):
        asked.append(event)
        if event.kind == "forum":
            raise Refusal("request.reason_missing")

    yield asked
    objectors_to("event.cancel").remove(no_forum_is_cancelled)


def test_an_upper_floor_may_object(world, event, objector):
    with refused_without_trace("request.reason_missing"):
        cancel_event(event, reason=WHY, by=world.manager, on=world.day)


def test_an_objector_is_asked_about_the_locked_subject_also_inside_another_action(world, event, objector):
    stale = Event.objects.get(pk=event.pk)
    with refused("request.reason_missing"), act(world.manager, "evidence.keep", world.programme, on=world.day):
        cancel_event(stale, reason=WHY, by=world.manager, on=world.day)
    assert objector[0] is not stale
    assert objector[0] == stale


# ── nested actions ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_line_of_an_inner_action_names_the_outer_one_as_its_cause(world, event):
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        record_attendance(event, capacity="citizen", sex="f", count=3, by=world.manager, on=world.day)
        step.subject.state = "cancelled"
        step.save(step.subject)
    inner, outer = TrailLine.objects.order_by("-id")[:2]
    assert (outer.verb, inner.verb) == ("event.cancel", "attendance.record")
    assert inner.cause == outer
    assert outer.cause is None


def test_an_outer_action_without_a_row_of_its_own_is_still_written_as_the_cause(world, event):
    with act(world.manager, "event.cancel", event, on=world.day):
        record_attendance(event, capacity="citizen", sex="f", count=3, by=world.manager, on=world.day)
    cause = TrailLine.objects.order_by("-id")[0].cause
    assert cause is not None
    assert cause.verb == "event.cancel"
    assert found_by("trail.lines") == []


def test_an_action_in_between_that_came_to_nothing_leaves_no_line(world, event):
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        inner, innermost = (act(world.manager, "event.cancel", event, on=world.day) for _ in range(2))
        with inner, innermost:
            pass
        step.subject.title_en = "Changed"
        step.save(step.subject)
    assert found_by("trail.lines") == []
    assert TrailLine.objects.order_by("-id")[0].cause is None


def test_permission_belongs_to_the_outermost_action(world, event):
    entry = [debit(world.accounts["bank"], world.fund, eur(1)), credit(world.accounts["income"], world.fund, eur(1))]
    with refused("access.no_role"):
        post_entry(world.book, entry, text=Name("x"), by=world.manager, on=world.day)
    with act(world.manager, "event.cancel", event, on=world.day):
        posted = post_entry(world.book, entry, text=Name("x"), by=world.manager, on=world.day)
    assert posted.number == 1


def test_who_may_not_do_the_outer_action_does_not_reach_the_inner_one(world, event):
    with refused_without_trace("access.no_role"), act(world.nobody, "event.cancel", event, on=world.day):
        pytest.fail("the body must not run")


def test_rules_run_in_an_inner_action_as_well(world, event):
    legs = [debit(world.accounts["bank"], world.fund, eur(1)), credit(world.accounts["income"], world.fund, eur(2))]
    with refused_without_trace("entry.off_by"), act(world.manager, "event.cancel", event, on=world.day):
        post_entry(world.book, legs, text=Name("x"), by=world.manager, on=world.day)


def test_a_refused_inner_action_that_is_caught_leaves_no_half(world, event):
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        with refused("period.reversed"), act(world.manager, "event.announce", world.ang, on=world.day) as inner:
            inner.create(
                Event(programme=world.programme, kind="forum", on=world.day, place=world.ang, host=world.council)
            )
            record_attendance(event, capacity="citizen", sex="f", count=3, by=world.manager, on=world.day)
            raise Refusal("period.reversed")
        step.subject.title_en = "Changed"
        step.save(step.subject)
    assert Event.objects.count() == 1
    assert event.attendances.count() == 0
    assert [row.table for row in TrailLine.objects.order_by("-id")[0].rows.all()] == ["events.event"]
    assert found_by("trail.images") == found_by("trail.lines") == []


def test_a_record_that_a_refused_inner_action_had_changed_can_be_saved_by_the_outer_one(world, event):
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        with refused("period.reversed"), act(world.manager, "event.cancel", event, on=world.day) as inner:
            inner.subject.title_en = "Half"
            inner.save(inner.subject)
            raise Refusal("period.reversed")
        step.subject.title_km = "ទាំងស្រុង"
        step.save(step.subject)
    kept = Event.objects.get(pk=event.pk)
    assert (kept.title_en, kept.title_km) == ("Forum", "ទាំងស្រុង")
    assert history(event)[0].before == {"title_km": "Forum"}
    assert found_by("trail.images") == []


def test_a_record_changed_outside_inside_and_outside_again_has_its_rows_in_that_order(world, event):
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        step.subject.title_en = "One"
        step.save(step.subject)
        retitled(world.manager, event, "Two", world.day)
        again = step.lock(event)
        again.title_en = "Three"
        step.save(again)
    titles = [row.after["title_en"] for row in history(event)]
    assert titles == ["Three", "Two", "One", "Forum"]
    assert [row.before["title_en"] for row in history(event)[:3]] == ["Two", "One", "Forum"]
    assert found_by("trail.images") == found_by("trail.lines") == []


def test_two_changes_of_one_record_in_one_step_make_one_row(world, event):
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        for title in ("One", "Two", "Three"):
            step.subject.title_en = title
            step.save(step.subject)
    assert history(event).count() == 2
    assert history(event)[0].before == {"title_en": "Forum"}


# ── evidence beside a record ────────────────────────────────────────────────────────────────────────────────────────


def test_evidence_is_attached_once(world, event):
    paper = world.paper()
    with act(world.manager, "event.cancel", event, on=world.day) as step:
        step.attach(event, paper, "photo")
    with refused("evidence.already_attached"), act(world.manager, "event.cancel", event, on=world.day) as step:
        step.attach(event, paper, "photo")


def test_an_action_is_the_function_that_its_verb_names():
    for verb, function in actions().items():
        noun, imperative = verb.split(".")
        assert function.__name__ == f"{imperative}_{noun}"
