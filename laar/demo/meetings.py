"""What several communes do together: six courses in their sessions, and the meetings of neighbouring councils."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from laar.base.actions import keep_evidence, redact_evidence
from laar.base.models import Evidence
from laar.demo.cast import Cast
from laar.demo.data import Row, day, later, pair, rows
from laar.demo.paper import paper
from laar.demo.teller import Strand, Teller
from laar.events.actions import (
    Present,
    announce_event,
    design_course,
    enter_attendance,
    evaluate_course,
    hold_course,
    hold_event,
    open_course,
    report_course,
    schedule_course,
)
from laar.events.models import Course, Event
from laar.kit.names import Name
from laar.registers.models import Party


def course(teller: Teller, cast: Cast, row: Row) -> Strand:
    """A course: designed, scheduled, held in its sessions, tested before and after, reported."""
    since, until, key = day(row["since"]), day(row["until"]), f"course {row['code']}"
    sessions = [meeting for meeting in rows("meetings.csv") if meeting["course"] == row["code"]]
    sessions = [meeting for meeting in sessions if _told(cast, meeting)]
    if not sessions:
        return
    yield later(since, -30)
    designed: Course = teller.tell(
        f"{key} designed",
        design_course,
        cast.programme,
        row["code"],
        title=pair(row, "title"),
        audience=pair(row, "audience"),
        objectives=pair(row, "objectives"),
        by=cast.manager,
    )
    scheduled = teller.tell(
        f"{key} scheduled", schedule_course, designed, since=since, until=later(until, 1), by=cast.manager
    )
    announced = {meeting["key"]: _announce(teller, cast, meeting, scheduled) for meeting in sessions}
    yield since
    opened = teller.tell(f"{key} opened", open_course, scheduled, by=cast.manager)
    for meeting in sessions:
        yield day(meeting["on"])
        _train(teller, cast, meeting, announced[meeting["key"]])
        teller.turn()
    yield later(until, 3)
    _close(teller, cast, row, teller.tell(f"{key} held", hold_course, opened, by=cast.manager))


def meetings(teller: Teller, cast: Cast) -> Strand:
    """The meetings of neighbouring councils."""
    for meeting in rows("meetings.csv"):
        if meeting["kind"] != "inter_commune" or not _told(cast, meeting):
            continue
        yield later(day(meeting["on"]), -15)
        event = _announce(teller, cast, meeting, None)
        yield day(meeting["on"])
        _present(teller, cast, meeting, event)
        names = " and ".join(cast.places[code].name_en for code in _told(cast, meeting))
        said = f"The councils and committees of {names} compared what they do and agreed to meet again."
        lines = [("Date", f"{teller.day:%d/%m/%Y}"), ("Subject", meeting["title_en"]), ("Agreed", said)]
        minutes = _keep(
            teller,
            cast,
            "minutes",
            event,
            paper(
                "minutes",
                title=event.title_en,
                lines=lines,
                signed=[cast.members[f"council-{code}"][0].name.en for code in _told(cast, meeting)],
                seed=meeting["key"],
            ),
        )
        teller.tell(f"{meeting['key']} held", hold_event, event, papers={"minutes": minutes}, by=cast.manager)
        teller.turn()


def count(cast: Cast) -> int:
    """How many meetings there are to tell of."""
    return sum(1 for meeting in rows("meetings.csv") if _told(cast, meeting))


def _told(cast: Cast, meeting: Row) -> list[str]:
    """The communes of a meeting that are told of."""
    return [code for code in meeting["communes"].split() if code in cast.communes]


def _announce(teller: Teller, cast: Cast, meeting: Row, of: Course | None) -> Event:
    host, said = _told(cast, meeting)[0], pair(meeting, "title")
    what = ("Training: ", "វគ្គបណ្តុះបណ្តាល៖ ") if of else ("Meeting of councils: ", "កិច្ចប្រជុំអន្តរឃុំ៖ ")
    return teller.tell(
        f"{meeting['key']} announced",
        announce_event,
        cast.programme,
        meeting["kind"],
        place=cast.places[host],
        host=cast.parties[f"council-{host}"],
        day=day(meeting["on"]),
        title=Name(en=what[0] + said.en, km=what[1] + said.km),
        course=of,
        by=cast.manager,
    )


def _present(teller: Teller, cast: Cast, meeting: Row, event: Event) -> list[Row]:
    """Who was present, for which body: by name on some sheets, else as a count."""
    present = [row for row in rows("present.csv") if row["meeting"] == meeting["key"] and row["body"] in cast.parties]
    came = [
        Present(
            row["capacity"],
            person=cast.parties[row["person"]] if row["person"] else None,
            sex="" if row["person"] else row["sex"],
            count=1 if row["person"] else int(row["count"]),
            body=cast.parties[row["body"]],
        )
        for row in present
    ]
    teller.tell(f"{meeting['key']} present", enter_attendance, event, came, by=cast.manager)
    return present


def _train(teller: Teller, cast: Cast, meeting: Row, event: Event) -> None:
    """A session: the signed sheet with names and telephones, and a copy on which nobody can be recognised."""
    people = _people(cast, meeting, _present(teller, cast, meeting, event))
    phones = {row["name_en"]: row["phone"] for row in rows("people.csv")}
    facts: dict[str, Any] = {
        "title": event.title_en,
        "lines": [("Date", f"{teller.day:%d/%m/%Y}"), ("Place", cast.places[_told(cast, meeting)[0]].name_en)],
        "signed": [person.name.en for person in people],
        "phones": [phones[person.name_en] for person in people],
        "thumbprints": len(people) // 5,
        "seed": meeting["key"],
        "stamp": "LAAR",
    }
    sheet = _keep(teller, cast, "attendance", event, paper("attendance", **facts))
    covered = paper("attendance", **facts, is_redacted=True)
    teller.tell(f"{meeting['key']} redacted", redact_evidence, sheet, covered, by=cast.manager)
    teller.tell(f"{meeting['key']} held", hold_event, event, papers={"signed_sheet": sheet}, by=cast.manager)


def _people(cast: Cast, meeting: Row, present: list[Row]) -> list[Party]:
    """The people on the sheet: those who were recorded by name, else members of the bodies that sent somebody."""
    random, people = Random(meeting["key"]), []
    for row in present:
        if row["person"]:
            people.append(cast.parties[row["person"]])
            continue
        fitting = [person for person in cast.members[row["body"]] if person.sex == row["sex"] and person not in people]
        people += random.sample(fitting, min(int(row["count"]), len(fitting)))
    return people


def _close(teller: Teller, cast: Cast, row: Row, held: Course) -> None:
    title, key = row["title_en"], f"course {row['code']}"
    for step, label, said in (
        (
            "tests",
            "Tests",
            f"Before the course {row['before']} %, after it {row['after']} % of the answers were right.",
        ),
        (
            "report",
            "Report",
            f"People can now do what the course was for: {row['objectives_en'][0].lower()}{row['objectives_en'][1:]}.",
        ),
    ):
        content = paper(
            "report",
            title=f"{label}: {title}",
            lines=[("People tested", row["tested"]), (label, said)],
            signed=[cast.manager.name.en],
            seed=f"{key} {step}",
        )
        caption = Name(en=f"{label}: {title}", km=f"របាយការណ៍វគ្គ៖ {row['title_km']}")
        kept = teller.tell(
            f"{key} {step} paper",
            keep_evidence,
            cast.programme,
            content,
            caption=caption,
            dated=teller.day,
            by=cast.manager,
        )
        if step == "tests":
            held = teller.tell(
                f"{key} evaluated",
                evaluate_course,
                held,
                tested=int(row["tested"]),
                before=Decimal(row["before"]),
                after=Decimal(row["after"]),
                paper=kept,
                by=cast.manager,
            )
        else:
            teller.tell(f"{key} reported", report_course, held, report=kept, by=cast.manager)


def _keep(teller: Teller, cast: Cast, kind: str, event: Event, content: bytes) -> Evidence:
    title, on = event.title_en, event.on
    what = {"attendance": "បញ្ជីវត្តមាន", "minutes": "កំណត់ហេតុ"}[kind]
    return teller.tell(
        f"paper {kind} {event.place_id} {title} {on}",
        keep_evidence,
        cast.programme,
        content,
        caption=Name(en=f"{title}, {on:%d %B %Y}", km=f"{what} {event.title_km} {on:%d/%m/%Y}"),
        dated=on,
        is_personal=kind == "attendance",
        by=cast.manager,
    )
