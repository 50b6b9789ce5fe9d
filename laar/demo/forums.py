"""Planning meetings, forums, sessions, coaching: what was said in them, what was asked, and that it was answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from laar.demo.data import Row, keyed, later, of_commune, pair
from laar.demo.tale import Tale
from laar.events.actions import (
    accept_request,
    cancel_event,
    decline_request,
    follow_up_advice,
    give_advice,
    raise_request,
    refer_request,
    report_back_request,
)
from laar.kit.names import Name


def tell(tale: Tale) -> None:
    """Put every gathering of the commune on its agenda."""
    _planning(tale)
    for key, en, km in (
        ("session-2008", "January session of the council of", "កិច្ចប្រជុំខែមករារបស់ក្រុមប្រឹក្សាឃុំ"),
        ("session-cip", "August session of the council of", "កិច្ចប្រជុំខែសីហារបស់ក្រុមប្រឹក្សាឃុំ"),
        ("session-budget", "December session of the council of", "កិច្ចប្រជុំខែធ្នូរបស់ក្រុមប្រឹក្សាឃុំ"),
        ("session-2010", "June session of the council of", "កិច្ចប្រជុំខែមិថុនារបស់ក្រុមប្រឹក្សាឃុំ"),
    ):
        tale.gathering(key, tale.called(en, km), SAID[key])
    _forum(tale, "forum-2008", tale.row["referred_2008"])
    _forum(tale, "forum-2009", tale.row["referred_2009"])
    _coaching(tale)


#: What the minutes of the sessions say, beside their decisions.
SAID = {
    "session-2008": [
        ("Plans", "The development plan for five years and the outreach plan of the year were read out and adopted."),
        ("Committee", "The monitoring committee was present and had no objection."),
    ],
    "session-cip": [
        (
            "Investment programme",
            "The needs of the villages were ranked; those that other bodies must answer were sent on.",
        ),
    ],
    "session-budget": [
        ("Budget of 2009", "The budget was adopted, with the commune's part of the social development project."),
        ("Outreach", "The outreach plan of 2009 was adopted together with the committee."),
    ],
    "session-2010": [
        ("After the programme", "The council goes on with its outreach out of its own means; a plan was adopted."),
    ],
}


# ── planning meeting and forums ─────────────────────────────────────────────────────────────────────────────────────


def _planning(tale: Tale) -> None:
    title = tale.called("Village planning meeting of", "កិច្ចប្រជុំធ្វើផែនការភូមិ ឃុំ")
    tale.gathering("planning", title, [("Needs", "Women and men named their needs in two rounds and ranked them.")])
    tale.at(tale.on("planning"), lambda: _ask(tale, "planning"))


def _forum(tale: Tale, key: str, referred: str) -> None:
    title = tale.called(f"Public forum {key[-4:]} of", f"វេទិកាសាធារណៈ {key[-4:]} ឃុំ")
    row = tale.dates[key]
    if row["reason"]:
        _falls_out(tale, key, row, title)
        return
    said = [
        ("Opening", "The council told what became of the requests of last year, and showed the plan and the budget."),
        ("Questions", "People asked and were answered; what could not be answered was written down."),
    ]
    tale.gathering(key, title, said)
    tale.at(tale.on(key), lambda: _ask(tale, key))
    if referred:
        tale.at(tale.on(key), lambda: _cannot(tale, key, referred))


def _falls_out(tale: Tale, key: str, row: Row, title: Name) -> None:
    """The forum that fell to the flood and was not made up: the hole in the coverage."""
    on = tale.on(key)
    tale.at(on - timedelta(14), lambda: tale.announce(key, row["kind"], on, title))
    reason = pair(keyed("reasons.csv")[row["reason"]])
    tale.at(on - timedelta(6), lambda: tale.do(f"cancel {key}", cancel_event, tale.events[key], reason=reason))


def asked_at(tale: Tale, key: str) -> Iterable[tuple[str, Name, str]]:
    """What was asked at an event and is answered by a plan: a short name, the words, the sex of who asked."""
    for row in of_commune("outreach.csv", tale.code):
        if row["asked_at"] == key:
            asked = keyed("activities.csv")[row["activity"]]
            yield f"oa {row['year']} {row['position']}", pair(asked, "asked"), asked["sex"]
    for row in of_commune("sdps.csv", tale.code):
        if row["asked_at"] == key:
            yield "sdp", pair(row, "asked"), row["sex"]


def _ask(tale: Tale, key: str) -> None:
    for name, words, sex in asked_at(tale, key):
        request = tale.do(f"request {name}", raise_request, tale.events[key], text=words, sex=sex)
        tale.requests[name] = tale.do(f"accept {name}", accept_request, request)


def _cannot(tale: Tale, key: str, referred: str) -> None:
    """Somebody asks for what this programme does not do."""
    row, name = keyed("referred.csv")[referred], f"other {key}"
    request = tale.do(f"request {name}", raise_request, tale.events[key], text=pair(row, "asked"), sex=row["sex"])
    reason = pair(row, "reason")
    if row["decision"] == "refer":
        to = tale.cast.parties[row["to"]]
        tale.requests[name] = tale.do(f"refer {name}", refer_request, request, to=to, reason=reason)
    else:
        tale.requests[name] = tale.do(f"decline {name}", decline_request, request, reason=reason)


def report_back(tale: Tale, names: Iterable[str], key: str) -> None:
    """Tell those who asked what became of it, at an event."""
    for name in names:
        if name in tale.requests:
            tale.do(f"tell {name}", report_back_request, tale.requests.pop(name), at=tale.events[key])


# ── coaching ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _coaching(tale: Tale) -> None:
    """Two visits: an advice at the first; whether it was followed is seen at the second."""
    tale.gathering("coaching-1", tale.called("Coaching visit at", "ការចុះបង្វឹកនៅឃុំ"))
    tale.gathering("coaching-2", tale.called("Second coaching visit at", "ការចុះបង្វឹកលើកទីពីរនៅឃុំ"))
    advice = keyed("advice.csv")[tale.row["advice"]]
    tale.at(tale.on("coaching-1"), lambda: _advise(tale, advice))
    tale.at(tale.on("coaching-2"), lambda: _look_again(tale, advice))


def _advise(tale: Tale, advice: Row) -> None:
    visit, due = tale.events["coaching-1"], later(tale.teller.day, 300)
    tale.kept["advice"] = tale.do("advice", give_advice, visit, text=pair(advice), due=due)


def _look_again(tale: Tale, advice: Row) -> None:
    at, found = tale.events["coaching-2"], pair(advice, "followed")
    tale.do("advice followed", follow_up_advice, tale.kept["advice"], at=at, text=found)
