"""The commune's own plans: the development plan of five years, the investment programme of 2009, its ranked needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from laar.demo.data import keyed, later, of_commune, pair
from laar.demo.tale import Tale
from laar.kit.money import Money
from laar.kit.names import Name
from laar.plans.actions import (
    add_line,
    answer_line,
    approve_plan,
    budget_line,
    draft_plan,
    drop_line,
    rank_line,
    submit_plan,
)
from laar.plans.models import Line, Plan

#: The needs of a development plan: what a theme is called there, and what the council thinks that it costs in five years.
THEMES = {
    "health_environment": (Name(en="Health, clean water, a clean village", km="សុខភាព ទឹកស្អាត ភូមិស្អាត"), "96000000"),
    "education": (Name(en="Learning for small and grown", km="ការរៀនសូត្រសម្រាប់ក្មេង និងចាស់"), "58000000"),
    "agriculture_livelihood": (Name(en="Fields, animals, earning a living", km="ស្រែចម្ការ សត្វ និងមុខរបរ"), "74000000"),
}


def tell(tale: Tale) -> None:
    """Put both plans on the agenda."""
    tale.at(later(tale.on("session-2008"), -21), lambda: _draft_five_years(tale))
    tale.at(tale.on("session-2008"), lambda: _adopt(tale, "cdp", "session-2008", "01/08"))
    tale.at(later(tale.on("session-cip"), -9), lambda: _draft_programme(tale))
    tale.at(tale.on("session-cip"), lambda: _adopt(tale, "cip", "session-cip", "11/08"))
    tale.at(tale.on("session-budget"), lambda: _budget(tale))


def _plan(tale: Tale, kind: str, year: int, last: int, title: Name) -> Plan:
    return tale.do(
        f"{kind} draft",
        draft_plan,
        tale.cast.programme,
        kind,
        place=tale.place,
        owner=tale.council,
        year=year,
        last_year=last,
        funding="own",
        title=title,
    )


def _need(tale: Tale, plan: Plan, name: str, rank: int, **facts: Any) -> Line:
    """Write a need into the investment programme and say how urgent it is."""
    return tale.do(f"{name} rank", rank_line, _line(tale, plan, name, **facts), rank=rank)


def _line(tale: Tale, plan: Plan, name: str, **facts: Any) -> Line:
    return tale.do(f"{name} line", add_line, plan, place=tale.place, month=date(plan.year, 1, 1), **facts)


def _draft_five_years(tale: Tale) -> None:
    title = tale.called("Development plan 2008–2012,", "ផែនការអភិវឌ្ឍន៍ ២០០៨–២០១២ ឃុំ")
    plan = _plan(tale, "cdp", 2008, 2012, title)
    first = next(of_commune("sdps.csv", tale.code))["theme"]
    for theme in sorted(THEMES, key=lambda theme: theme != first):
        name, cost = THEMES[theme]
        tale.kept[f"cdp {theme}"] = _line(
            tale, plan, f"cdp {theme}", title=name, people=1000, budget=Money.of(cost, "KHR")
        )
    tale.kept["cdp"] = tale.do("cdp submit", submit_plan, plan)


def _draft_programme(tale: Tale) -> None:
    """Three needs: the social project, works that the commune pays alone, and one for which there will be no money."""
    title = tale.called("Investment programme 2009–2011,", "កម្មវិធីវិនិយោគ ២០០៩–២០១១ ឃុំ")
    plan = _plan(tale, "cip", 2009, 2011, title)
    row = next(of_commune("sdps.csv", tale.code))
    tale.kept["cip sdp"] = _need(
        tale,
        plan,
        "cip sdp",
        1,
        title=pair(row, "title"),
        people=int(row["people"]),
        budget=Money.of(row["grant"], "EUR"),
        quantity=int(row["quantity"]),
        unit=pair(row, "unit"),
        continues=tale.kept[f"cdp {row['theme']}"],
    )
    tale.do("cip answer", answer_line, tale.kept["cip sdp"], tale.requests["sdp"])
    for rank, key in enumerate(("works", "dropped"), start=2):
        need = keyed("needs.csv")[tale.row[key]]
        budget = Money.of(need["budget"], "KHR")
        tale.kept[f"cip {key}"] = _need(
            tale, plan, f"cip {key}", rank, title=pair(need), people=int(need["people"]), budget=budget
        )
    tale.kept["cip"] = tale.do("cip submit", submit_plan, plan)


def _adopt(tale: Tale, kind: str, session: str, number: str) -> None:
    titles = {
        "cdp": Name(en="Development plan of five years", km="ផែនការអភិវឌ្ឍន៍ប្រាំឆ្នាំ"),
        "cip": Name(en="Investment programme 2009–2011", km="កម្មវិធីវិនិយោគ ២០០៩–២០១១"),
    }
    decision = tale.decide(kind, session, number, titles[kind])
    plan = tale.kept[kind]
    tale.kept[kind] = tale.do(f"{kind} approve", approve_plan, plan, decision=decision, by=tale.cast.manager)


def _budget(tale: Tale) -> None:
    """The budget of 2009: the commune's part of the project and the works are in it, one need is not."""
    row = next(of_commune("sdps.csv", tale.code))
    share = Money.of(row["share"], "KHR")
    paper = tale.paper(
        "decision",
        f"Decision 18/08 of the council of {tale.place.name.en}",
        [
            ("No.", "18/08"),
            ("Article 1", f"The council takes part in the project “{row['title_en']}”."),
            ("Article 2", f"Its part of {share} is paid from the commune/sangkat fund through the treasury in 2009."),
            ("Article 3", "The project stands in the budget of 2009 under social services."),
        ],
        tale.of_the_council(3),
    )
    title = Name(en="The commune's part of the social project", km="ចំណែករបស់ឃុំក្នុងគម្រោងសង្គម")
    decision = tale.decide("share", "session-budget", "18/08", title, paper)
    for key in ("sdp", "works"):
        tale.kept[f"cip {key}"] = tale.do(f"cip {key} budget", budget_line, tale.kept[f"cip {key}"], decision=decision)
    reason = Name(
        en="There is no money for it in 2009; it is asked again.", km="គ្មានថវិកាសម្រាប់ឆ្នាំ ២០០៩ ទេ; នឹងស្នើម្ដងទៀត។"
    )
    tale.do("cip dropped", drop_line, tale.kept["cip dropped"], reason=reason)
