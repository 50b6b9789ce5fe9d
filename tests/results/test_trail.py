"""The trail on a page: only what the reader may see, filtered by what is asked, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest

from laar.base.actions import grant_role, register_user
from laar.base.clock import today
from laar.base.models import TrailLine
from laar.base.readers import Eyes, eyes_of, reader_as
from laar.events.actions import raise_request
from laar.kit.names import Name
from laar.results import trail
from laar.results.trail import Asked, changed_since, line_opened, sealed, trail_eyes, trail_page, trail_reader
from tests.refused import refused
from tests.thread import Thread
from tests.world import World


def reader(world: World, who: str = "manager") -> Eyes:
    return trail_reader(eyes_of(world.users[who]), world.programme)


def verbs(world: World, **asked: Any) -> list[str]:
    return [done.line.verb for done in trail_page(reader(world), Asked(**asked)).lines]


def test_the_trail_as_a_whole_is_read_by_who_looks_after_it(world: World) -> None:
    for who in ("finance", "ang", "ba", "nobody", "stranger"):
        with refused("trail.closed"):
            reader(world, who)
        assert not trail_eyes(eyes_of(world.users[who]), world.programme).held
    assert reader(world, "admin").held
    assert trail_reader(reader_as("auditor", world.programme), world.programme).held


def test_a_manager_of_a_part_does_not_read_the_whole(world: World) -> None:
    grant_role(
        world.nobody, role="manager", programme=world.programme, place="2101", since=world.day, by=None, on=world.day
    )
    with refused("trail.closed"):
        reader(world, "nobody")


def test_it_is_filtered_by_person_verb_record_and_day(world: World) -> None:
    thread = Thread(world).to("pay_first")
    assert "tranche.pay" in verbs(world)
    assert set(verbs(world, verb="tranche.pay")) == {"tranche.pay"}
    by_finance = trail_page(reader(world), Asked(by="finance")).lines
    assert {done.line.by for done in by_finance} == {world.finance}
    assert verbs(world, kind="tranche", key=thread.first.pk)[:3] == [
        "tranche.pay",
        "tranche.approve",
        "tranche.request",
    ]
    assert verbs(world, day=today())
    assert verbs(world, day=world.day) == []  # of that day the papers are; nothing was written on it
    assert verbs(world, by="somebody") == []


def test_pages_follow_each_other_without_a_gap_or_a_double(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Thread(world).to("report_back")
    monkeypatch.setattr(trail, "PAGE", 7)
    monkeypatch.setattr(trail, "BATCH", 10)
    monkeypatch.setattr(trail, "TRIES", 100)
    seen: list[int] = []
    before = None
    while True:
        page = trail_page(reader(world), Asked(before=before))
        seen += [done.line.pk for done in page.lines]
        before = page.before
        if before is None:
            break
    assert seen == sorted(set(seen), reverse=True)
    monkeypatch.setattr(trail, "PAGE", 10_000)
    assert seen == [done.line.pk for done in trail_page(reader(world), Asked()).lines]


def test_what_was_said_in_confidence_is_on_no_line_of_an_auditor(world: World) -> None:
    thread = Thread(world).to("raise_request")
    raise_request(thread.forum, text=Name(en="About a person"), is_sensitive=True, by=world.users["ang"], on=world.day)
    auditor = trail_reader(reader_as("auditor", world.programme), world.programme)
    shown = [done.record for done in trail_page(auditor, Asked(verb="request.raise")).lines]
    assert shown == [thread.request]
    assert len(verbs(world, verb="request.raise")) == 2
    hidden = TrailLine.objects.filter(verb="request.raise").order_by("-id")[0]
    with refused("record.not_found"):
        line_opened(auditor, hidden.pk)


def test_lines_of_another_programme_are_not_shown(world: World) -> None:
    Thread(world).to("pay_first")
    stranger = trail_reader(eyes_of(world.users["stranger"]), world.other)
    shown = {done.record._meta.model_name for done in trail_page(stranger, Asked()).lines}
    assert not shown & {"request", "plan", "project", "tranche", "entry", "event"}


def test_a_line_shows_what_it_changed_before_and_after(world: World) -> None:
    thread = Thread(world).to("approve_first")
    line = TrailLine.objects.get(verb="tranche.approve")
    opened = line_opened(reader(world), line.pk)
    (record, change), *_ = opened.changes
    assert record == thread.first
    assert ("state", "Requested", "Approved") in [(one.label, one.before, one.after) for one in change.columns]
    assert opened.closed == 0


def test_a_line_names_what_was_done_with_it(world: World) -> None:
    Thread(world).to("pay_first")
    paid = line_opened(reader(world), TrailLine.objects.get(verb="tranche.pay").pk)
    effects = {done.line.verb for done in paid.effects}
    assert "entry.post" in effects
    posted = next(done.line for done in paid.effects if done.line.verb == "entry.post")
    assert line_opened(reader(world), posted.pk).cause == paid.done.line


def test_who_was_let_in_elsewhere_is_not_in_the_trail_that_a_manager_reads(world: World) -> None:
    theirs = trail_eyes(eyes_of(world.stranger), world.other)
    own = trail_page(theirs, Asked(verb="user.register")).lines
    assert {done.record for done in own} == {world.stranger}
    line = TrailLine.objects.get(verb="user.register", key=world.manager.pk)
    with refused("record.not_found"):
        line_opened(theirs, line.pk)
    assert line_opened(reader(world), line.pk).done.record == world.manager


def test_no_secret_is_on_a_line(world: World) -> None:
    user = register_user("dara", name=Name(en="Dara"), by=world.admin, on=world.day, is_fictional=True)
    line = TrailLine.objects.filter(verb="user.register", key=user.pk).latest("id")
    opened = line_opened(reader(world, "admin"), line.pk)
    columns = {column.label for _, change in opened.changes for column in change.columns}
    assert "user name" in columns
    assert not columns & {"password", "e-mail", "salt"}


def test_the_trail_says_how_far_it_is_sealed(world: World) -> None:
    found = sealed()
    unsealed = TrailLine.objects.filter(seal=None)
    assert bool(found.unsealed_since) == unsealed.exists()
    if found.seal:
        assert found.seal.lines.exists()


def test_what_changed_this_week_is_grouped_and_as_the_reader_may_see_it(world: World) -> None:
    thread = Thread(world).to("pay_first")

    def groups(who: str) -> dict[str, Any]:
        found = changed_since(world.programme, eyes_of(world.users[who]), today())
        return {group.verb.en: group for group in found}

    assert groups("manager")["Pay the tranche"].records == (thread.first,)
    assert "Pay the tranche" in groups("ang")
    assert "Pay the tranche" not in groups("ba")
    assert "Pay the tranche" not in groups("stranger")
    assert groups("nobody") == {}
