"""Stories: as long as their kind allows, told with consent, and taken back when it is revoked."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from laar.base.access import visible
from laar.base.actions import grant_role
from laar.base.queries import papers_of
from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.registers.actions import register_party
from laar.registers.models import Party
from laar.results.actions import consent_story, publish_story, withdraw_story, write_story
from laar.results.cards import record_called
from laar.results.models import Story
from laar.results.rules import CHARACTERS_A_WORD, STORY, STORY_KINDS
from tests.refused import refused, refused_without_trace
from tests.thread import faults
from tests.world import World

TITLE, WHY = Name(en="Water for the school", km="ទឹកសម្រាប់សាលា"), Name(en="She asked for it", km="គាត់បានស្នើ")


def words(count: int) -> str:
    return " ".join(["water"] * count)


def fitting(kind: str) -> str:
    """A text as long as its kind allows."""
    parts = STORY_KINDS[kind].parts
    return "\n\n".join([words(STORY_KINDS[kind].most // parts)] * parts)


def person(world: World) -> Party:
    return register_party("person", name=Name(en="Sok Chan"), place=world.ang, by=world.manager, on=world.day)


def write(world: World, kind: str = "success", **given: Any) -> Story:
    text = given.pop("text", None) or Name(en=fitting(kind))
    facts = {"title": TITLE, "text": text, "by": world.users["ang"], "on": world.day, **given}
    return write_story(world.programme, kind, place=world.ang, **facts)


def consent(world: World, story: Story, **given: Any) -> Story:
    facts = {"scope": "public", "by": world.users["ang"], "on": world.day, **given}
    return consent_story(story, paper=world.paper(), **facts)


def publish(world: World, story: Story) -> Story:
    return publish_story(story, by=world.manager, on=world.day)


def withdraw(world: World, story: Story) -> Story:
    return withdraw_story(story, reason=WHY, by=world.users["ang"], on=world.day)


def reader(world: World, role: str = "donor") -> Any:
    """Somebody who reads the whole programme."""
    grant_role(world.nobody, role=role, programme=world.programme, since=world.day, by=None, on=world.day)
    return world.nobody


def seen_by(user: Any) -> list[Story]:
    return list(visible(user, Story.objects.order_by("id")))


def published(world: World, **more: str) -> str:
    return figure_of("stories.published", Scope(world.programme, more=more)).figure


# ── length ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", STORY_KINDS)
def test_a_story_is_as_long_as_its_kind_allows_and_no_longer(world: World, kind: str) -> None:
    assert write(world, kind).state == "draft"
    with refused_without_trace("story.too_long"):
        write(world, kind, text=Name(en=f"{fitting(kind)} more"))


def test_a_success_story_of_520_words_is_refused_and_the_limit_is_named(world: World) -> None:
    with refused_without_trace("story.too_long") as no:
        write(world, text=Name(en=words(520)))
    assert "520" in no.value.text.en
    assert "500" in no.value.text.en
    assert "500" in no.value.text.km


@pytest.mark.parametrize("kind", ["success", "first_person"])
def test_a_story_that_is_too_short_for_its_kind_is_refused(world: World, kind: str) -> None:
    assert write(world, kind, text=Name(en=words(350))).kind == kind
    with refused_without_trace("story.too_short"):
        write(world, kind, text=Name(en=words(349)))


@pytest.mark.parametrize("parts", [1, 2, 4])
def test_a_case_study_tells_challenge_initiative_and_results(world: World, parts: int) -> None:
    with refused_without_trace("story.parts"):
        write(world, "case_study", text=Name(en="\n\n".join([words(50)] * parts)))


def test_a_text_in_khmer_alone_is_measured_in_characters_and_hidden_ones_do_not_count(world: World) -> None:
    most = 250 * CHARACTERS_A_WORD
    assert write(world, "before_after", text=Name(en="", km="\u200b".join("ក" * most))).text_en == ""
    with refused_without_trace("story.too_many_characters"):
        write(world, "before_after", text=Name(en="", km="ក" * (most + 1)))


def test_where_there_is_english_its_words_decide(world: World) -> None:
    assert write(world, "photo", text=Name(en=words(10), km="ក" * 9000)).text_km


def test_a_story_has_a_known_form(world: World) -> None:
    with refused_without_trace("story.kind_unknown"):
        write(world, "novel", text=TITLE)


@pytest.mark.parametrize("given", [{"text": Name(en=" ", km="")}, {"title": Name(en=" ")}])
def test_a_story_has_a_title_and_a_text(world: World, given: dict[str, Any]) -> None:
    with refused_without_trace("story.says_nothing"):
        write(world, "photo", **given)


# ── consent ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_is_named_consents_on_paper_before_it_is_published(world: World) -> None:
    story = write(world, person=person(world))
    with refused_without_trace("story.consent_missing"):
        publish(world, story)
    story = consent(world, story)
    assert (story.consent_on, story.scope, papers_of(story)) == (world.day, "public", {"consent"})
    assert publish(world, story).state == "published"
    assert published(world) == "1"
    assert faults() == []


def test_a_story_that_names_nobody_needs_no_consent(world: World) -> None:
    story = write(world)
    with refused_without_trace("story.names_nobody"):
        consent(world, story)
    assert publish(world, story).state == "published"


def test_consent_is_given_for_something_that_is_known(world: World) -> None:
    story = write(world, person=person(world))
    with refused_without_trace("story.consent_scope"):
        consent(world, story, scope="everything")


def test_a_story_names_a_person_and_no_body(world: World) -> None:
    with refused_without_trace("story.not_a_person"):
        write(world, person=world.council)


def test_consent_without_its_paper_is_refused() -> None:
    story = Story(state="draft", title_en="A story", person=Party(kind="person", name_en="Sok Chan"))
    with refused("story.paper_missing"):
        STORY.move(story, "consent", papers={"photo"}, scope="public")


# ── taken back ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_withdrawn_story_is_shown_to_nobody_but_the_office(world: World) -> None:
    donor = reader(world)
    story = write(world, person=person(world))
    assert seen_by(donor) == []
    story = publish(world, consent(world, story))
    assert seen_by(donor) == [story]
    assert record_called("story", story.pk, donor) == story
    story = withdraw(world, story)
    assert (story.state, story.reason_en, story.reason_km) == ("withdrawn", WHY.en, WHY.km)
    assert seen_by(donor) == []
    with refused("record.not_found"):
        record_called("story", story.pk, donor)
    assert seen_by(world.manager) == seen_by(world.users["ang"]) == [story]
    assert published(world) == "0"
    assert faults() == []


def test_a_story_is_withdrawn_with_a_reason(world: World) -> None:
    story = publish(world, write(world))
    with refused_without_trace("story.reason_missing"):
        withdraw_story(story, reason=Name(en=" "), by=world.manager, on=world.day)


def steps(world: World) -> dict[str, Callable[[Story], Story]]:
    """Every step of the table as the action that does it."""
    return {
        "consent": lambda one: consent(world, one),
        "publish": lambda one: publish(world, one),
        "withdraw": lambda one: withdraw(world, one),
    }


PAIRS = set(product(STORY.states, {step.verb for step in STORY.steps}))


@pytest.mark.parametrize(("state", "verb"), sorted(PAIRS - {(step.source, step.verb) for step in STORY.steps}))
def test_a_step_that_is_not_in_the_table_is_refused(world: World, state: str, verb: str) -> None:
    do, story = steps(world), write(world, person=person(world))
    for step in {"draft": (), "consented": ("consent",), "published": ("consent", "publish")}.get(state, ("withdraw",)):
        story = do[step](story)
    assert story.state == state
    rows = papers_of(story)
    with refused("state.no_such_step"):
        do[verb](story)
    assert papers_of(story) == rows


def test_stories_are_counted_by_kind(world: World) -> None:
    for kind in ("success", "photo", "photo"):
        publish(world, write(world, kind))
    write(world, "photo")
    assert (published(world), published(world, kind="photo"), published(world, kind="case_study")) == ("3", "2", "0")
    with pytest.raises(Refusal, match=r"figure\.unknown_scope"):
        published(world, kind="novel")


@pytest.mark.parametrize("name", ["ba", "finance", "nobody", "stranger"])
def test_who_does_not_work_there_writes_no_story(world: World, name: str) -> None:
    with refused_without_trace("access.no_role"):
        write(world, by=world.users[name])


def test_a_facilitator_does_not_publish(world: World) -> None:
    story = write(world)
    with refused_without_trace("access.no_role"):
        publish_story(story, by=world.users["ang"], on=world.day)
