"""The whole story keeps its own rules: the calendar of the fields and of the state, and what is plausible."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest

from laar.demo.data import day, of_commune, rows
from laar.demo.story import communes
from laar.kit.money import Money
from tests.homes import Home

EVENTS = """
import json
from laar.events.models import Event
print(json.dumps([
    {"kind": e.kind, "on": str(e.on), "place": e.place.code, "state": e.state,
     "people": [[a.sex, a.capacity, a.count, a.body.kind if a.body else ""] for a in e.attendances.all()]}
    for e in Event.objects.select_related("place").prefetch_related("attendances__body").order_by("on", "id")
]))
"""


@pytest.fixture(scope="module")
def events(whole: Home) -> list[dict[str, Any]]:
    """Every event that was held, with who was present."""
    found = json.loads(whole.python(EVENTS))
    return [{**event, "on": day(event["on"])} for event in found if event["state"] == "held"]


def between(first: tuple[int, int, int], last: tuple[int, int, int]) -> set[date]:
    start, end = date(*first), date(*last)
    return {start + timedelta(days) for days in range((end - start).days + 1)}


#: No forum during the campaign and the national election of 2008, around the district councils of 17 May 2009, at Khmer
#: New Year, Pchum Ben and the Water Festival.
NO_FORUM = (
    between((2008, 6, 26), (2008, 7, 27))
    | between((2009, 5, 14), (2009, 5, 20))
    | between((2008, 4, 13), (2008, 4, 16))
    | between((2009, 4, 14), (2009, 4, 16))
    | between((2008, 9, 28), (2008, 9, 30))
    | between((2009, 9, 17), (2009, 9, 19))
    | between((2008, 11, 11), (2008, 11, 13))
    | between((2009, 11, 1), (2009, 11, 3))
)


def people(event: dict[str, Any], *sexes: str) -> int:
    return sum(count for sex, _, count, _ in event["people"] if not sexes or sex in sexes)


def test_no_forum_falls_on_a_day_of_the_state_or_of_a_feast(events: list[dict[str, Any]]) -> None:
    forums = [event for event in events if event["kind"] == "forum"]
    assert len(forums) == 43
    assert not [event for event in forums if event["on"] in NO_FORUM]
    assert not [event for event in events if event["on"].weekday() > 4]


def test_forums_and_trainings_keep_to_the_fields_and_the_water(events: list[dict[str, Any]]) -> None:
    """Angkor Borei and Borei Cholsar flood from August and harvest from February; Samraong transplants from July."""
    for event in events:
        if event["kind"] in ("forum", "training"):
            busy = range(7, 10) if event["place"].startswith("2107") else (2, 3, 4, 8, 9, 10, 11)
            assert event["on"].month not in busy, event


def test_nobody_of_a_council_was_trained_before_the_councils_had_settled(events: list[dict[str, Any]]) -> None:
    assert min(event["on"] for event in events if event["kind"] == "training") >= date(2007, 6, 1)
    assert min(event["on"] for event in events) >= date(2007, 6, 1)


def test_village_needs_are_asked_from_july_to_september_and_budgets_adopted_in_december(
    events: list[dict[str, Any]],
) -> None:
    planning = [event for event in events if event["kind"] == "planning"]
    assert len(planning) == 22
    assert {event["on"].month for event in planning} <= {7, 8, 9}
    december = {event["place"] for event in events if event["kind"] == "council_session" and event["on"].month == 12}
    assert december == set(communes())


def test_as_many_people_came_as_is_likely(events: list[dict[str, Any]]) -> None:
    for event in events:
        here, women = people(event), people(event, "f")
        if event["kind"] == "forum":
            assert 60 <= here <= 150, event
            assert 0.45 <= women / here <= 0.60, event
        if event["kind"] == "training":
            assert 25 <= here <= 35, event
        if event["kind"] == "inter_commune":
            assert here >= 8


def test_trainings_were_for_councils_committees_and_groups_with_the_facilitation_teams(
    events: list[dict[str, Any]],
) -> None:
    kinds: dict[str, int] = defaultdict(int)
    for event in events:
        if event["kind"] == "training":
            for _, _, count, kind in event["people"]:
                kinds[kind] += count
    assert set(kinds) == {"council", "committee", "cbo", "shg", "vulnerable", "facilitation_team"}


def test_councils_are_odd_filled_and_have_a_clerk_who_is_no_councillor(whole: Home) -> None:
    seats = {row["code"]: int(row["seats"]) for row in rows("communes.csv")}
    assert set(seats.values()) == {5, 7, 9}
    women = 0
    for code, wanted in seats.items():
        council = [row for row in rows("people.csv") if row["body"] == f"council-{code}"]
        seated = [row for row in council if row["role"] != "clerk"]
        assert len(seated) == wanted
        assert len(council) - len(seated) == 1
        women += sum(row["sex"] == "f" for row in seated)
        committee = [row for row in rows("people.csv") if row["body"] == f"committee-{code}"]
        assert 5 <= len(committee) <= 9
        assert 3 * sum(row["sex"] == "f" for row in committee) >= len(committee)
    assert 0.12 <= women / sum(seats.values()) <= 0.18
    names = [row["name_en"] for row in rows("people.csv")]
    assert len(names) == len(set(names))


def test_meetings_of_councils_bring_two_to_four_together() -> None:
    for meeting in rows("meetings.csv"):
        if meeting["kind"] == "inter_commune":
            assert 2 <= len(meeting["communes"].split()) <= 4


def test_projects_are_small_uneven_and_none_is_longer_than_a_year() -> None:
    grants = [Money.of(row["grant"], "EUR").units for row in rows("sdps.csv")]
    assert len(set(grants)) > 20
    assert Money.of(5600, "EUR").units <= min(grants) <= max(grants) <= Money.of(8100, "EUR").units
    for row in rows("sdps.csv"):
        assert (day(row["completed"]) - day(row["signed"])).days < 365
        assert date(2009, 1, 1) <= day(row["signed"]) <= date(2009, 2, 28)
        assert int(row["women"]) < int(row["people"])


def test_the_communes_pay_in_hundreds_of_riel_and_the_small_ones_less() -> None:
    paid: dict[str, list[int]] = defaultdict(list)
    for commune in rows("communes.csv"):
        (row,) = of_commune("sdps.csv", commune["code"])
        amounts = [int(part.split()[1]) for part in row["payments"].split("; ")]
        assert sum(amounts) == int(row["share"])
        assert all(amount % 100 == 0 for amount in amounts)
        assert 8_000_000 <= sum(amounts) <= 25_000_000
        paid[commune["size"]].append(sum(amounts))
    mean = {size: sum(amounts) / len(amounts) for size, amounts in paid.items()}
    assert mean["small"] < mean["middle"] < mean["large"]


def test_every_project_is_closed_with_both_parts_by_the_end(whole: Home) -> None:
    said = whole.python(
        "from collections import Counter\nfrom laar.projects.models import Project, Visit\n"
        "print(Counter(Project.objects.filter(kind='sdp').values_list('state', flat=True)))\n"
        "print(sorted(Counter(Visit.objects.values_list('opinion', flat=True)).items()))"
    ).splitlines()
    assert said[0] == "Counter({'closed': 22})"
    assert said[1] == "[('agrees', 20), ('disagrees', 1), ('silent', 1)]"


def test_the_bank_is_never_overdrawn(whole: Home) -> None:
    lowest = whole.python(
        "from laar.ledger.models import Posting\n"
        "sums = {}\n"
        "low = 0\n"
        "for posting in Posting.objects.filter(account__code__in=['101', '102', '103']).order_by('on', 'id'):\n"
        "    key = posting.account_id\n"
        "    sums[key] = sums.get(key, 0) + posting.units\n"
        "    low = min(low, sums[key])\n"
        "print(low, *sorted(sums.values()))"
    )
    assert lowest.split() == ["0", "0", "0", "0"]


def test_every_request_has_an_answer_that_was_told(whole: Home) -> None:
    said = whole.python(
        "from laar.events.models import Request\nprint(sorted(set(Request.objects.values_list('state', flat=True))))"
    )
    assert said.strip() == "['reported_back']"


def test_a_complaint_is_against_nobody_but_the_organisation_itself() -> None:
    complaints = [row for row in rows("referred.csv") if row["to"] == "ngo"]
    assert [row["key"] for row in complaints] == ["late"]
    assert "apologised" in complaints[0]["reason_en"]


def test_words_stand_in_both_languages() -> None:
    for file in (
        "activities",
        "advice",
        "bodies",
        "courses",
        "meetings",
        "needs",
        "reasons",
        "referred",
        "sdps",
        "costs",
    ):
        for row in rows(f"{file}.csv"):
            for column, text in row.items():
                if column.endswith("_en") or column == "en":
                    khmer = row[column[:-2] + "km"]
                    assert bool(text) == bool(khmer), (file, column, row)
                    assert not khmer or any("\u1780" <= letter <= "\u17ff" for letter in khmer), (file, column, khmer)
