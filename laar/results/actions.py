"""Writes of results: stories."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, Programme, User
from laar.base.queries import papers_of
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.registers.models import Party, Place
from laar.results.models import Story
from laar.results.rules import STORY, story_fits, story_kind

NO_QUOTE = Name(en="")


@action("story.write")
def write_story(
    programme: Programme,
    kind: str,
    *,
    place: Place,
    title: Name,
    text: Name,
    by: User,
    on: date,
    person: Party | None = None,
    quote: Name = NO_QUOTE,
    command: UUID | None = None,
) -> Story:
    """Write a story in one of `STORY_KINDS`; `person` is whose story it is, where somebody is named.

    Raises Refusal `story.too_long`, `story.too_short`, `story.too_many_characters`, `story.parts`,
    `story.kind_unknown`, `story.not_a_person`, `story.says_nothing`.
    """
    story_fits(story_kind(kind), text)
    if person and person.kind != "person":
        raise Refusal("story.not_a_person", party=person.name)
    with act(by, "story.write", place, on=on, command=command) as step:
        return step.create(
            Story(
                programme=programme,
                kind=kind,
                place=step.subject,
                title_en=clean(title.en),
                title_km=clean(title.km),
                text_en=clean(text.en),
                text_km=clean(text.km),
                person=person,
                quote_en=clean(quote.en),
                quote_km=clean(quote.km),
            )
        )


@action("story.consent")
def consent_story(
    story: Story,
    *,
    paper: Evidence,
    scope: str,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Story:
    """Record that the person consented, on a signed paper, and for what (`CONSENT_SCOPES`); `on` is its day.

    Raises Refusal `story.names_nobody`, `story.consent_scope`.
    """
    with act(by, "story.consent", story, on=on, command=command, seen=seen) as step:
        story = step.subject
        step.attach(
            story, paper, "consent", is_signed=True, is_personal=True
        )  # it carries the name of whoever consents
        STORY.move(story, "consent", papers=papers_of(story), scope=scope)
        story.consent_on, story.scope = on, scope
        step.save(story)
    return story


@action("story.publish")
def publish_story(story: Story, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Story:
    """Show a story to everybody who may look into the programme. Raises Refusal `story.consent_missing`."""
    with act(by, "story.publish", story, on=on, command=command, seen=seen) as step:
        story = step.subject
        STORY.move(story, "publish")
        story.is_withheld = False
        step.save(story)
    return story


@action("story.withdraw")
def withdraw_story(
    story: Story, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Story:
    """Take a story back: nobody but the office sees it any more. Raises Refusal `story.reason_missing`."""
    with act(by, "story.withdraw", story, on=on, command=command, seen=seen) as step:
        story = step.subject
        STORY.move(story, "withdraw", reason=reason)
        story.reason_en, story.reason_km, story.is_withheld = clean(reason.en), clean(reason.km), True
        step.save(story)
    return story
