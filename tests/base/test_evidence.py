"""Keeping, redacting and opening papers that show persons."""

from __future__ import annotations

import pytest

from laar.base.access import can_open, visible
from laar.base.actions import attach_evidence, keep_evidence, open_evidence, redact_evidence
from laar.base.models import Evidence, Opening
from laar.base.readers import reader_as
from laar.events.actions import raise_request
from laar.kit.names import Name
from tests.refused import refused_without_trace
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.thread import Thread
from tests.world import PNG, World


def personal(world: World, content: bytes = PNG + b"thumbs") -> Evidence:
    return keep_evidence(
        world.programme,
        content,
        caption=Name(en="Sheet", km="បញ្ជី"),
        dated=world.day,
        is_personal=True,
        by=world.manager,
        on=world.day,
    )


def test_a_redacted_copy_is_a_paper_of_its_own_that_shows_nobody(world: World) -> None:
    original = personal(world)
    copy = redact_evidence(original, PNG + b"bars", by=world.manager, on=world.day)
    assert (copy.redacts, copy.is_personal, copy.dated) == (original, False, original.dated)
    assert copy.sha256 != original.sha256
    assert copy.name == Name(en="Sheet – redacted copy", km="បញ្ជី – ច្បាប់លាក់ទិន្នន័យ")
    again = redact_evidence(original, PNG + b"bars", by=world.manager, on=world.day)
    assert again == copy


def test_a_long_caption_leaves_room_for_the_word_that_it_is_a_copy(world: World) -> None:
    original = keep_evidence(
        world.programme,
        PNG + b"long",
        caption=Name(en="x" * 300, km="ក" * 300),
        dated=world.day,
        is_personal=True,
        by=world.manager,
        on=world.day,
    )
    copy = redact_evidence(original, PNG + b"bars", by=world.manager, on=world.day)
    assert copy.caption_en.endswith("redacted copy")


def test_a_paper_that_shows_nobody_needs_no_redacted_copy(world: World) -> None:
    paper = world.paper()
    with refused_without_trace("evidence.not_personal"):
        redact_evidence(paper, PNG + b"bars", by=world.manager, on=world.day)


def test_the_original_or_another_paper_is_no_redacted_copy(world: World) -> None:
    original, other = personal(world), personal(world, PNG + b"another")
    for content in (PNG + b"thumbs", PNG + b"another"):
        with refused_without_trace("evidence.not_redacted"):
            redact_evidence(original, content, by=world.manager, on=world.day)
    redact_evidence(other, PNG + b"bars", by=world.manager, on=world.day)
    with refused_without_trace("evidence.not_redacted"):
        redact_evidence(original, PNG + b"bars", by=world.manager, on=world.day)
    with refused_without_trace("evidence.not_redacted"):
        personal(world, PNG + b"bars")  # a redacted copy can't be said to show persons


def test_a_paper_said_to_show_persons_once_shows_them_for_good(world: World) -> None:
    paper = world.paper()
    content = PNG + str(world.papers).encode()
    said = personal(world, content)
    assert (said.pk, said.is_personal) == (paper.pk, True)
    again = keep_evidence(
        world.programme, content, caption=Name(en="Again"), dated=world.day, by=world.manager, on=world.day
    )
    assert (again.pk, again.is_personal) == (paper.pk, True)


@pytest.mark.parametrize("who", ["finance", "admin", "nobody", "stranger"])
def test_who_does_not_work_with_people_neither_opens_nor_redacts(world: World, who: str) -> None:
    original = personal(world)
    with refused_without_trace("access.no_role"):
        open_evidence(original, reason="I am curious", by=world.users[who], on=world.day)
    with refused_without_trace("access.no_role"):
        redact_evidence(original, PNG + b"bars", by=world.users[who], on=world.day)


def test_a_facilitator_opens_and_redacts_only_what_proves_something_in_the_own_area(world: World) -> None:
    original = personal(world)  # attached to nothing yet: it concerns the whole programme
    with refused_without_trace("evidence.closed"):
        open_evidence(original, reason="A name is disputed", by=world.users["ang"], on=world.day)
    with refused_without_trace("evidence.closed"):
        redact_evidence(original, PNG + b"bars", by=world.users["ang"], on=world.day)


@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_an_original_is_not_opened_without_a_reason(world: World, reason: str) -> None:
    original = personal(world)
    with refused_without_trace("evidence.no_reason"):
        open_evidence(original, reason=reason, by=world.manager, on=world.day)


def test_every_opening_is_kept(world: World) -> None:
    original = personal(world)
    for reason in ("A name is disputed", "The auditor asked"):
        open_evidence(original, reason=reason, by=world.manager, on=world.day)
    assert [one.reason for one in Opening.objects.order_by("id")] == ["A name is disputed", "The auditor asked"]


def test_a_paper_of_what_was_said_in_confidence_is_as_closed_as_that(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    secret = raise_request(
        thread.forum, text=Name(en="Said in confidence"), is_sensitive=True, by=world.users["ang"], on=world.day
    )
    paper = world.paper()
    attach_evidence(secret, paper=paper, role="letter", by=world.users["ang"], on=world.day)
    paper.refresh_from_db()
    assert paper.is_personal
    donor = reader_as("donor", world.programme)
    assert not visible(donor, Evidence.objects.filter(pk=paper.pk)).exists()
    assert not can_open(donor, paper)


def test_a_paper_of_a_person_is_closed_and_one_of_a_forum_is_not(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    letter, photo = world.paper(), world.paper()
    attach_evidence(world.witness, paper=letter, role="letter", by=world.manager, on=world.day)
    attach_evidence(thread.forum, paper=photo, role="photo", by=world.manager, on=world.day)
    for paper, is_closed in ((letter, True), (photo, False)):
        paper.refresh_from_db()
        assert paper.is_personal is is_closed
