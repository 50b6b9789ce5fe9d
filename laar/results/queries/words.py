"""The five words of requests: of some requests at once, and all requests of one word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from laar.events.models import Request
from laar.kit.names import NOTHING, Name
from laar.plans.models import Answer, Line
from laar.plans.rules import ADOPTED, GIVEN_UP
from laar.projects.models import Project
from laar.projects.rules import DONE
from laar.results.rules import WORDS, word_for

#: A need that was carried over more often than this is a mistake in the records, and not followed for ever.
MOST_CARRIED = 50


@dataclass(frozen=True, slots=True)
class Word:
    """What is said of a request: one of the five words, and where it is not possible, or goes elsewhere, why."""

    code: str
    reason: Name = NOTHING

    @property
    def name(self) -> Name:
        """The word."""
        return WORDS[self.code]


def words_of(keys: Collection[int]) -> dict[int, Word]:
    """What is said of each of some requests, by key. The number of questions does not grow with them."""
    reached = _reached(keys)
    said = {}
    for request in Request.objects.filter(pk__in=keys).only("state", "reason_en", "reason_km", "referred_to"):
        decision = request.decision
        reason = Name(en=request.reason_en, km=request.reason_km) if decision in ("declined", "referred") else NOTHING
        said[request.pk] = Word(word_for(decision, reached[request.pk]), reason)
    return said


def with_word(requests: QuerySet[Request], word: str) -> QuerySet[Request]:
    """Those of the requests that are said in one of the five words."""
    planned = Line.objects.filter(plan__state__in=ADOPTED).exclude(state__in=GIVEN_UP)
    delivered = planned.filter(Q(state="held", event__isnull=False) | _has_project_that_is_done())
    done = _answered_by(delivered)
    if word == "done":
        return requests.filter(done)
    taken_up = _answered_by(planned)
    if word == "planned":
        return requests.filter(taken_up).exclude(done)
    return requests.filter(_decided(word)).exclude(taken_up)


def _decided(word: str) -> Q:
    """Which requests a decision alone puts under a word: `Request.decision` as a condition."""
    has_reason = ~Q(reason_en="", reason_km="")
    declined = Q(state="declined") | (Q(state="reported_back", referred_to=None) & has_reason)
    received = Q(state="recorded")
    return {"received": received, "not_possible": declined}.get(word, ~received & ~declined)


def _answered_by(lines: QuerySet[Line]) -> Q:
    """The requests that one of these lines answers: itself, or through the line that it continues, however far back."""
    answered = Q()
    for _ in range(MOST_CARRIED):
        answered |= Q(pk__in=Answer.objects.filter(line__in=lines.values("pk")).values("request"))
        lines = Line.objects.filter(pk__in=lines.filter(continues__isnull=False).values("continues"))
        if not lines.exists():
            break
    return answered


def _reached(keys: Collection[int]) -> dict[int, set[str]]:
    """Whether each of some requests is planned, or done, by the lines that answer it and those that continue them."""
    asked: dict[int, set[int]] = defaultdict(set)
    for request, line in Answer.objects.filter(request__in=keys).values_list("request", "line"):
        asked[line].add(request)
    newest = set(asked)
    while newest:
        onward = Line.objects.filter(continues__in=newest).values_list("continues", "pk")
        newest = set()
        for before, line in onward:
            if before is not None and not asked[before] <= asked[line]:
                asked[line] |= asked[before]
                newest.add(line)
    reached: dict[int, set[str]] = defaultdict(set)
    planned = Line.objects.filter(pk__in=list(asked), plan__state__in=ADOPTED).exclude(state__in=GIVEN_UP)
    planned = planned.annotate(is_done=_has_project_that_is_done())
    for line, state, event, is_done in planned.values_list("pk", "state", "event", "is_done"):
        stages = {"planned", "done"} if is_done or (state == "held" and event) else {"planned"}
        for request in asked[line]:
            reached[request] |= stages
    return reached


def _has_project_that_is_done() -> Exists:
    return Exists(Project.objects.filter(line=OuterRef("pk"), state__in=DONE))
