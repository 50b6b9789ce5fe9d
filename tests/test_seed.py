"""The published sheet is the acceptance for ever after: its numbers come out of the records of the whole demonstration.

This is the only file in which its totals are written. A search shows that no code and no data holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.homes import Home

#: What the sheet states, by the figures' keys.
STATED = {
    "places.communes": "22",
    "places.districts": "3",
    "oa.plans?year=2008": "22",
    "oa.plans?year=2009": "22",
    "oa.plans?funding=own": "22",
    "oa.communes": "22",
    "oa.support": "27940.00",
    "sdp.count": "22",
    "sdp.communes": "22",
    "sdp.count?theme=health_environment": "13",
    "sdp.count?theme=education": "3",
    "sdp.count?theme=agriculture_livelihood": "6",
    "sdp.grants": "150664.00",
    "sdp.commune_fund": "59931.09",
    "events.forums": "43",
    "events.inter_commune_meetings": "7",
}
#: What follows from it.
FOLLOWS = {
    "sdp.total": "210595.09",
    "sdp.commune_share": "28.46",
    "sdp.commune_share_of_grant": "39.78",
    "action.grants": "178604.00",
}
COURSES = [
    "Outreach Activities",
    "Social Development Project Design and Proposal Writing",
    "Financial Management in Application of the Commune/Sangkat Law",
    "Project Management",
    "Facilitation and Communication Skills",
    "D&D and Local Good Governance",
]
MONEY = [value for value in (STATED | FOLLOWS).values() if "." in value and len(value) > 6]


@pytest.fixture(scope="session")
def seed(whole: Home) -> Home:
    """The whole demonstration; only in the long run, because it takes a minute to load."""
    return whole


@pytest.fixture(scope="session")
def figures(seed: Home) -> dict[str, dict[str, Any]]:
    """Every figure of the sheet for machines."""
    return seed.sheet()["figures"]


def value(home: Home, key: str) -> str:
    """A figure by its key, whether the sheet prints it or not."""
    return home.python(
        "from laar.base.models import Programme\n"
        "from laar.kit.figures import Scope, figure_of\n"
        f"print(figure_of({key!r}, Scope.asked(Programme.objects.get(), '')).plain())"
    ).strip()


@pytest.mark.parametrize("key", STATED)
def test_the_sheet_says_what_the_published_one_states(figures: dict[str, Any], key: str) -> None:
    assert figures[key]["value"] == STATED[key]


@pytest.mark.parametrize("key", FOLLOWS)
def test_what_follows_from_it_follows(seed: Home, key: str) -> None:
    assert value(seed, key).removesuffix(" %") == FOLLOWS[key]


def test_money_is_in_the_currency_of_the_sheet(figures: dict[str, Any]) -> None:
    assert {figures[key]["currency"] for key in STATED if "." in STATED[key]} == {"EUR"}
    assert figures["oa.support"]["currency"] == "EUR"


def test_the_sheet_has_the_days_and_the_blanks_of_the_published_one(seed: Home) -> None:
    sheet = seed.sheet()
    assert (sheet["since"], sheet["last"]) == ("2007-03-01", "2010-06-30")
    assert sheet["blank_in_source"] == ["cost", "role", "donors", "amounts"]
    assert sheet["is_demo"]


def test_what_the_donors_gave_is_what_the_action_cost(figures: dict[str, Any]) -> None:
    given = sum(Decimal(figure["value"]) for key, figure in figures.items() if key.startswith("donor.amount"))
    assert given == Decimal(figures["action.cost"]["value"]) > 0


def test_effectively_is_nearly_everything_and_not_all_of_it(figures: dict[str, Any]) -> None:
    for key in ("oa.effective?funding=grant", "oa.effective?funding=own"):
        done, planned = (int(part) for part in re.findall(r"\d+", figures[key]["value"])[:2])
        assert 0.94 <= done / planned < 1, key


def test_the_six_courses_of_the_sheet_were_held(seed: Home) -> None:
    held = seed.python(
        "from laar.events.models import Course\n"
        "for course in Course.objects.filter(state='reported'): print(course.title_en)"
    ).splitlines()
    assert sorted(held) == sorted(COURSES)
    paragraph = seed.laar("sheet")
    flat = " ".join(paragraph.split())
    assert all(title in flat for title in held)


def test_the_hole_in_the_forums_has_a_name_and_an_innocent_reason(seed: Home) -> None:
    said = seed.python(
        "from laar.events.models import Event\n"
        "for event in Event.objects.filter(kind='forum', state='cancelled'):\n"
        "    print(event.place.code, event.on, event.reason_en)"
    ).splitlines()
    assert len(said) == 1
    assert said[0].startswith("210304 2008-10-14 The water came")


def test_the_plans_for_afterwards_were_carried_out_outside_the_totals(seed: Home) -> None:
    said = seed.python(
        "from laar.plans.models import Line\nfrom laar.projects.models import Project\n"
        "lines = Line.objects.filter(plan__funding='own', plan__kind='oa', state='held')\n"
        "print(min(line.event.on for line in lines), max(line.event.on for line in lines))\n"
        "print(Project.objects.filter(plan__funding='own', plan__kind='oa').count())"
    ).split()
    assert "2010-07-01" <= said[0] <= said[1] <= "2010-12-31"
    assert said[2] == "0"


def test_it_is_clean(seed: Home) -> None:
    assert "Everything is as it was recorded." in seed.laar("verify")


@pytest.mark.parametrize(
    ("statement", "key", "now"),
    [
        ("UPDATE events_event SET state = 'cancelled' WHERE id = {forum}", "events.forums", "42"),
        ("UPDATE projects_tranche SET state = 'approved' WHERE id = {tranche}", "sdp.grants", None),
    ],
)
def test_one_changed_record_changes_the_sheet(
    seed: Home, tmp_path: Path, statement: str, key: str, now: str | None
) -> None:
    copy = seed.copy(tmp_path / "copy")
    ids = {
        "forum": copy.python(
            "from laar.events.models import Event\nprint(Event.objects.filter(kind='forum', state='held').first().pk)"
        ).strip(),
        "tranche": copy.python(
            "from laar.projects.models import Tranche\nprint(Tranche.objects.filter(agreement__project__kind='sdp').first().pk)"
        ).strip(),
    }
    copy.spoil(statement.format(**ids))
    figure = copy.sheet()["figures"][key]["value"]
    assert figure != STATED[key]
    assert now is None or figure == now


# ── the totals stand nowhere but here ───────────────────────────────────────────────────────────────────────────────

ROOT = Path(__file__).parents[1]
READ = {".py", ".csv", ".yml", ".yaml", ".json", ".html", ".typ", ".po", ".md", ".toml", ".css", ".js", ".txt", ".docx"}


@cache
def spellings(total: str) -> set[str]:
    """A total as somebody might type it: with commas, points, spaces, without cents, in cents, in 1/10 000."""
    euros, _, cents = total.partition(".")
    grouped = f"{int(euros):,}"
    wholes = {euros, grouped, grouped.replace(",", "."), grouped.replace(",", " "), grouped.replace(",", "_")}
    found = {f"{euros}{cents}", f"{euros}{cents}00", f"{int(euros + cents + '00'):_}"}
    for whole in wholes:
        found |= {f"{whole}.{cents}", f"{whole},{cents}"}
        if cents == "00":
            found.add(whole)
    return found


def files() -> Iterator[Path]:
    """Everything that is shipped or tested, but this file."""
    for folder in ("laar", "tests", "bench", "docs"):
        yield from (
            path
            for path in sorted((ROOT / folder).rglob("*"))
            if path.suffix in READ and path != Path(__file__) and "__pycache__" not in path.parts
        )
    yield from (path for path in sorted(ROOT.iterdir()) if path.suffix in READ)


def typed(text: str) -> list[str]:
    """In which spellings a total stands in a text as a number of its own."""
    # Most spellings stand in no file at all, and to see that is quick.
    return [
        spelt
        for total in MONEY
        for spelt in spellings(total)
        if spelt in text and re.search(rf"(?<![\d.,]){re.escape(spelt)}(?![\d])", text)
    ]


def test_the_search_finds_a_planted_total() -> None:
    for planted in ("EUR 27,940.00", "x = 279400000", "27940", "paid 59.931,09", "59_931.09"):
        assert typed(planted), planted
    assert not typed("635 and 1,270.00, 127940.001")


@pytest.mark.pure
def test_no_total_of_the_sheet_is_typed_in_code_or_data() -> None:
    seen = 0
    for path in files():
        text = path.read_text(encoding="utf-8", errors="ignore")
        seen += 1
        assert typed(text) == [], path.relative_to(ROOT)
    assert seen > 200
