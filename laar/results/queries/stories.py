"""Reads of stories, and their figure."""

from __future__ import annotations

from django.db.models import QuerySet

from laar.base.models import Programme
from laar.base.objectors import objects_to
from laar.kit.figures import Records, Scope, figure
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.registers.models import Party
from laar.results.models import Story
from laar.results.rules import STORY_KINDS


def stories(programme: Programme, prefix: str = "") -> QuerySet[Story]:
    """The stories that are shown: published and not withdrawn since."""
    records = Story.objects.filter(programme=programme, state="published", place__code__startswith=prefix)
    return records.select_related("place", "person").order_by("id")


@objects_to("party.erase")
def a_story_is_withdrawn_first(party: Party) -> None:
    """Whoever is forgotten is told of no more: title and quotation of a story hold the name, too."""
    told = Story.objects.filter(person=party).exclude(state="withdrawn").first()
    if told:
        raise Refusal("story.names_a_person", story=told.name)


@figure(
    "stories.published",
    label=Name(en="Stories published", km="រឿងដែលបានផ្សព្វផ្សាយ"),
    rule=Name(
        en="Stories that are published; with the signed consent of whoever is named, and not withdrawn since.",
        km="រឿងដែលបានផ្សព្វផ្សាយ ដោយមានលិខិតយល់ព្រមរបស់អ្នកដែលមានឈ្មោះ និងមិនត្រូវបានដកចេញ។",
    ),
    takes=("kind",),
    only={"kind": STORY_KINDS},
)
def published(scope: Scope) -> Records:
    records = stories(scope.programme, scope.place)
    return Records(records.filter(kind=scope["kind"]) if scope["kind"] else records)
