"""The five words in which a request is said: the rule for every combination, and the same word however it is asked for."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laar.events.actions import decline_request, raise_request, refer_request, report_back_request
from laar.events.models import Request
from laar.kit.names import Name
from laar.plans.actions import cancel_line
from laar.results.queries import stages_of, with_word, words_of
from laar.results.rules import TAKEN_UP, WORDS, word_for
from tests.sdp import Sdp
from tests.thread import STAGES, Thread, fresh
from tests.world import World

WHY = Name(en="No line reaches the district", km="គ្មានខ្សែបណ្តាញ")
WAYS = [(), ("planned",), ("planned", "budgeted"), ("planned", "agreed"), ("planned", "agreed", "funded")]
WAYS += [(*way, "done") for way in WAYS]


@pytest.mark.parametrize(("decision", "way"), list(product(("", "accepted", "referred", "declined"), WAYS)))
def test_every_decision_with_every_stage_has_its_word(decision: str, way: tuple[str, ...]) -> None:
    expected = {"": "received", "accepted": "considered", "referred": "considered", "declined": "not_possible"}[
        decision
    ]
    if way:
        expected = "done" if "done" in way else "planned"
    assert word_for(decision, way) == expected
    assert word_for(decision, [*way, "asked", "told"]) == expected


def test_there_are_five_words_in_both_languages() -> None:
    assert len(WORDS) == 5
    for name in WORDS.values():
        assert name.en
        assert name.km


def said(request: Request) -> str:
    """The word of a request, asked for by itself, among many, and as a filter: one and the same."""
    word = words_of([request.pk])[request.pk].code
    every = Request.objects.all()
    assert words_of(list(every.values_list("pk", flat=True)))[request.pk].code == word
    assert [one for one in WORDS if with_word(every, one).filter(pk=request.pk).exists()] == [word]
    reached = {stage.code for stage in stages_of(fresh(request))} & (TAKEN_UP | {"done"})
    assert word == word_for(fresh(request).decision, reached)
    return word


def test_the_word_follows_a_request_on_its_whole_way(world: World) -> None:
    thread, words = Thread(world).to("raise_request"), []
    for stage in STAGES[STAGES.index("raise_request") :]:
        thread.to(stage)
        if said(thread.request) not in words:
            words.append(said(thread.request))
    assert words == ["received", "considered", "planned", "done"]


def test_a_need_that_was_carried_over_from_plan_to_plan_keeps_its_word(world: World) -> None:
    sdp = Sdp(world).to("approve")
    assert said(sdp.request) == "planned"
    sdp.to("close")
    assert said(sdp.request) == "done"


def test_a_no_says_why_and_keeps_saying_so_after_the_people_were_told(world: World) -> None:
    thread = Thread(world).to("raise_request")
    for end, word in ((decline_request, "not_possible"), (refer_request, "considered")):
        facts = {"by": world.users["ang"], "on": world.day}
        asked = raise_request(thread.forum, text=WHY, sex="m", **facts)
        to = {"to": world.ngo} if end is refer_request else {}
        end(asked, reason=WHY, **to, **facts)
        assert said(asked) == word
        report_back_request(asked, at=thread.forum, **facts)
        assert said(asked) == word
        assert words_of([asked.pk])[asked.pk].reason == WHY


def test_a_line_that_was_cancelled_takes_the_word_back(world: World) -> None:
    thread = Thread(world).before("hold_line")
    assert said(thread.request) == "planned"
    cancel_line(thread.line, reason=WHY, by=world.users["ang"], on=world.day)
    assert said(thread.request) == "considered"


def test_the_words_of_three_requests_cost_as_many_questions_as_that_of_one(world: World) -> None:
    threads = [Thread(world, number).to("approve_plan") for number in (1, 2, 3)]

    def cost(keys: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            words_of(keys)
        return len(asked)

    assert cost([threads[0].request.pk]) == cost([thread.request.pk for thread in threads])
