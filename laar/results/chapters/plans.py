"""The lists of what councils plan."""

from __future__ import annotations

from laar.kit.names import Name, lazily
from laar.plans.models import Line, Plan
from laar.results.chapters.chapter import Chapter
from laar.results.chapters.columns import PLACE, TITLE, Of
from laar.results.chapters.filters import area, chosen, period, search, year

_plan, _line = Of(Plan), Of(Line)
_KIND_OF_PLAN = Name(en="Kind of plan", km="ប្រភេទផែនការ")

PLANS = Chapter(
    slug="plans",
    title=Name(en="Plans", km="ផែនការ"),
    model=Plan,
    columns=(
        _plan.name("title", TITLE),
        _plan.choice("kind", sort="kind", on_phone=False),
        _plan.number("year", sort="year"),
        _plan.place(),
        _plan.choice("funding", on_phone=False),
        _plan.state(sort="state"),
    ),
    filters=(search("title_en", "title_km"), chosen(Plan, "kind"), year(), chosen(Plan, "state"), area()),
    order="-year",
    empty=Name(en="No plan yet. Draft the first one.", km="មិនទាន់មានផែនការទេ។ សូមព្រាងផែនការទីមួយ។"),
    verb="plan.draft",
)

LINES = Chapter(
    slug="lines",
    title=Name(en="Activities and needs", km="សកម្មភាព និងតម្រូវការ"),
    model=Line,
    columns=(
        _line.name("title", TITLE),
        _line.choice("plan__kind", _KIND_OF_PLAN, on_phone=False),
        _line.place(label=PLACE),
        _line.day("month", sort="month"),
        _line.number("people", on_phone=False),
        _line.money(sort="units"),
        _line.state(sort="state"),
    ),
    filters=(
        search("title_en", "title_km"),
        chosen(Line, "plan__kind", "plan", label=lazily(_KIND_OF_PLAN)),
        chosen(Line, "state"),
        year("plan__year"),
        area(),
        *period("month"),
    ),
    order="-month",
    empty=Name(
        en="No activity yet. Draft a plan first; its activities and needs stand in it.",
        km="មិនទាន់មានសកម្មភាពទេ។ សូមព្រាងផែនការជាមុន; សកម្មភាព និងតម្រូវការស្ថិតក្នុងនោះ។",
    ),
    verb="plan.draft",
)

CHAPTERS = (PLANS, LINES)
