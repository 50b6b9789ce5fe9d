"""The lists of what happened with people present, and of what came out of it."""

from __future__ import annotations

from laar.events.models import Advice, Course, Decision, Event, Request
from laar.kit.names import Name, lazily
from laar.results.chapters.chapter import Chapter
from laar.results.chapters.columns import DAY, PLACE, TITLE, Column, Of
from laar.results.chapters.filters import WORD, area, chosen, period, search, word
from laar.results.queries import words_of

_event, _request, _course = Of(Event), Of(Request), Of(Course)
_decision, _advice = Of(Decision), Of(Advice)

EVENTS = Chapter(
    slug="events",
    title=Name(en="Events", km="ព្រឹត្តិការណ៍"),
    model=Event,
    columns=(
        _event.name("title", TITLE),
        _event.choice("kind", sort="kind"),
        _event.day("on", sort="on"),
        _event.place(),
        _event.party("host", on_phone=False),
        _event.state(sort="state"),
    ),
    filters=(
        search("title_en", "title_km"),
        chosen(Event, "kind"),
        chosen(Event, "state"),
        area(),
        *period("on"),
    ),
    order="-on",
    empty=Name(en="No event yet. Announce the first one.", km="មិនទាន់មានព្រឹត្តិការណ៍ទេ។ សូមប្រកាសព្រឹត្តិការណ៍ទីមួយ។"),
    verb="event.announce",
)

REQUESTS = Chapter(
    slug="requests",
    title=Name(en="Requests", km="សំណូមពរ"),
    model=Request,
    columns=(
        _request.name("text", Name(en="What was asked", km="អ្វីដែលបានស្នើ")),
        _request.code("code"),
        Column(lazily(WORD), "word", (), find=words_of),
        _request.place(),
        _request.day("event__on", Name(en="Asked on", km="ស្នើនៅថ្ងៃ"), sort="event__on"),
        _request.choice("sex", of_persons=True, on_phone=False),
    ),
    filters=(
        search("code", "text_en", "text_km"),
        word(),
        chosen(Request, "sex", is_personal=True),
        area(),
        *period("event__on"),
    ),
    order="-id",
    empty=Name(
        en="Nobody has asked for anything yet. Requests are recorded at a forum, a meeting or a visit.",
        km="មិនទាន់មានសំណូមពរទេ។ សំណូមពរកត់ត្រានៅវេទិកា កិច្ចប្រជុំ ឬការចុះពិនិត្យ។",
    ),
    verb="request.raise",
)

DECISIONS = Chapter(
    slug="decisions",
    title=Name(en="Council decisions", km="សេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សា"),
    model=Decision,
    columns=(
        _decision.name("title", TITLE),
        _decision.code("number"),
        _decision.party("council", sort="council__name_en"),
        _decision.day("on", sort="on"),
    ),
    filters=(search("number", "title_en", "title_km"), area("session__place__code"), *period("on")),
    order="-on",
    empty=Name(
        en="No decision yet. A council decides in its session: record the session first, then its decision.",
        km="មិនទាន់មានសេចក្តីសម្រេចទេ។ សូមកត់ត្រាកិច្ចប្រជុំជាមុន រួចសេចក្តីសម្រេចរបស់វា។",
    ),
    verb="decision.record",
)

COURSES = Chapter(
    slug="courses",
    title=Name(en="Training courses", km="មុខវិជ្ជាបណ្តុះបណ្តាល"),
    model=Course,
    columns=(
        _course.name("title", TITLE),
        _course.code("code", sort="code"),
        _course.name("audience", Name(en="For whom", km="សម្រាប់អ្នកណា"), on_phone=False),
        _course.day("since"),
        _course.number("tested", on_phone=False),
        _course.state(sort="state"),
    ),
    filters=(search("code", "title_en", "title_km"), chosen(Course, "state")),
    order="code",
    empty=Name(en="No course yet. Design the first one.", km="មិនទាន់មានមុខវិជ្ជាទេ។ សូមរៀបចំមុខវិជ្ជាទីមួយ។"),
    verb="course.design",
)

ADVICE = Chapter(
    slug="advice",
    title=Name(en="Advice given", km="ដំបូន្មានដែលបានផ្ដល់"),
    model=Advice,
    columns=(
        _advice.name("text", Name(en="What was advised", km="អ្វីដែលបានណែនាំ")),
        _advice.place("visit__place", PLACE),
        _advice.day("visit__on", DAY, on_phone=False),
        _advice.day("due", sort="due"),
        _advice.state(sort="state"),
    ),
    filters=(
        search("text_en", "text_km"),
        chosen(Advice, "state"),
        area("visit__place__code"),
        *period("due"),
    ),
    order="due",
    empty=Name(
        en="No advice yet. Advice is given at a coaching visit: record the visit first.",
        km="មិនទាន់មានដំបូន្មានទេ។ ដំបូន្មានផ្ដល់នៅការចុះបង្វឹក៖ សូមកត់ត្រាការចុះបង្វឹកជាមុន។",
    ),
    verb="advice.give",
)

CHAPTERS = (EVENTS, REQUESTS, DECISIONS, COURSES, ADVICE)
