"""The forms of the sheet: the EU's, in the order of its source, and the consultants'; both from the same record."""

from __future__ import annotations

from collections.abc import Callable

from laar.base.access import visible
from laar.kit.names import Name, listed
from laar.registers.queries import staff_of
from laar.registers.rules import ACTION_ROLES
from laar.reports import said
from laar.reports.documents import words
from laar.reports.documents.document import Block, Cell, Line, Table
from laar.reports.documents.writer import Writer
from laar.reports.factsheet import SectorCell

#: What a cell says of which nothing is recorded.
NOTHING_WRITTEN: tuple[Line, ...] = ((words.NOBODY_WROTE,),)
#: What a form is made of: its tables, the heading over its narrative, the narrative.
Made = tuple[tuple[Table, ...], Name, tuple[Block, ...]]


def _eu(writer: Writer) -> Made:
    sheet, say = writer.sheet, writer.say
    head = _title(writer, words.TITLE, columns=1), _sectors(writer)
    currency = sheet.programme.currency
    header = (
        _over(writer, words.LOCATION),
        _over(writer, words.COST, "cost", currency=currency),
        _over(writer, words.ROLE, "role"),
        _over(writer, words.DONORS, "donors"),
        _over(writer, words.AMOUNTS, "amounts"),
        _over(writer, words.DATES),
    )
    height = max(1, len(sheet.donors))
    before = (
        Cell(lines=_location(writer), rows=height),
        Cell(lines=_cost(writer), rows=height),
        Cell(lines=((say(sheet.role),),), rows=height),
    )
    donors = [(Cell(lines=((say(one.name),),)), Cell(lines=((writer.shown(one.amount),),))) for one in sheet.donors]
    first, *others = donors or [(Cell(lines=NOTHING_WRITTEN), Cell(lines=NOTHING_WRITTEN))]
    dates = Cell(lines=((f"{said.day(sheet.first)} – {said.day(sheet.last)}",),), rows=height)
    rows = ((*before, *first, dates), *others)
    tables = Table((5, 6), (head,)), Table((18, 25, 20, 20, 22, 17), rows, header)
    return tables, words.RESULTS, (_objective(writer, words.OBJECTIVE), *_results(writer))


def _title(writer: Writer, label: Name, columns: int) -> Cell:
    title = writer.sheet.profile.name
    other = writer.other(title)
    lines: tuple[Line, ...] = ((writer.say(title),), (other,)) if other else ((writer.say(title),),)
    return Cell(writer.say(label), lines, columns=columns, is_title=True)


def _over(writer: Writer, label: Name, cell: str = "", **facts: object) -> Cell:
    """The head of a column; marked where the published source left what is below it blank."""
    remark = writer.say(words.BLANK) if cell and writer.sheet.blank(cell) else ""
    return Cell(writer.say(label, **facts), remark=remark)


def _sectors(writer: Writer) -> Cell:
    heading = writer.sheet.profile.sector_heading
    lines = [_sector(writer, cell) for cell in writer.sheet.sectors]
    stated = ((heading,),) if heading else ()
    return Cell(writer.say(words.SECTORS), (*stated, *((line,) for line in lines)))


def _sector(writer: Writer, cell: SectorCell) -> str:
    """A sector, with what it is called today and what is doubtful about it."""
    today = writer.say(words.TODAY, name=cell.today) if cell.today else ""
    remarks = [remark for remark in (today, writer.say(cell.share.doubt)) if remark]
    name = writer.say(cell.share.sector.name)
    return f"{name} ({'; '.join(remarks)})" if remarks else name


def _location(writer: Writer) -> tuple[Line, ...]:
    sheet = writer.sheet
    places = writer.say(listed(sheet.provinces))
    districts, communes = sheet.figure("places.districts"), sheet.figure("places.communes")
    return (places,), writer.sentence(words.PLACES, districts=districts, communes=communes)


def _cost(writer: Writer) -> tuple[Line, ...]:
    """The cost in the own books; under a lead also what it says the whole action cost."""
    own, whole = writer.asked("action.cost", currency=False), writer.sheet.whole
    if whole is None or not whole.value:
        return (own,)
    return own, writer.sentence(words.OF_WHOLE, whole=whole, share=writer.sheet.figure("action.own_share"))


def _objective(writer: Writer, heading: Name) -> Block:
    sheet = writer.sheet
    return Block(
        writer.say(heading),
        ((writer.say(sheet.profile.objective),),),
        other=writer.other(heading),
        margin=tuple((writer.say(label), (writer.shown(figure),)) for label, figure in sheet.objective),
    )


def _results(writer: Writer, heading: Name = words.SECTION) -> tuple[Block, ...]:
    return tuple(
        Block(
            writer.say(heading, section=section.name),
            tuple(writer.text(text) for text in section.texts[writer.lang]),
            other=writer.other(section.name),
            is_list=True,
            margin=tuple((writer.say(label), (writer.shown(figure),)) for label, figure in section.margin),
            notes=tuple(writer.say(note) for note in section.notes),
        )
        for section in writer.sheet.sections
    )


# ── the consultants' form ───────────────────────────────────────────────────────────────────────────────────────────


def _consultant(writer: Writer) -> Made:
    sheet, profile, say = writer.sheet, writer.sheet.profile, writer.say

    def cell(label: Name, *lines: Line, columns: int = 2, rows: int = 1, **facts: object) -> Cell:
        return Cell(say(label, **facts), lines or NOTHING_WRITTEN, columns=columns, rows=rows)

    lead = ((say(profile.lead.name),), (say(words.ACTED_AS, role=ACTION_ROLES[profile.role]),)) if profile.lead else ()
    rows = (
        (
            _title(writer, words.ASSIGNMENT, columns=4),
            cell(words.COUNTRY, *_written(writer, profile.country)),
        ),
        (cell(words.WITHIN, *_location(writer), columns=3), cell(words.STAFF, *_staff(writer), columns=3, rows=3)),
        (cell(words.CLIENT, *_clients(writer), columns=3),),
        (cell(words.ADDRESS, *_written(writer, profile.address), columns=3),),
        (
            cell(words.PERSONS, writer.asked("staff.persons")),
            cell(words.MONTHS, writer.asked("staff.months")),
            cell(words.DURATION, writer.asked("action.months")),
        ),
        (
            cell(words.START, (said.month(sheet.first),)),
            cell(words.COMPLETION, (said.month(sheet.last),)),
            cell(words.VALUE, *_cost(writer), currency=sheet.programme.currency),
        ),
        (cell(words.ASSOCIATED, *lead, columns=6),),
    )  # fmt: skip
    table = Table((1,) * 6, rows)
    return (table,), words.SERVICES, (_objective(writer, words.NARRATIVE), *_results(writer, words.ACTUAL))


def _clients(writer: Writer) -> tuple[Line, ...]:
    return tuple((writer.say(donor.name), " ", writer.shown(donor.amount)) for donor in writer.sheet.donors)


def _written(writer: Writer, name: Name) -> tuple[Line, ...]:
    text = writer.say(name)
    return ((text,),) if text else ()


def _staff(writer: Writer) -> tuple[Line, ...]:
    """The staff by name, where this reader may know persons; what there is to say where not."""
    staff = staff_of(writer.sheet.programme)
    names = dict.fromkeys(member.person.name for member in visible(writer.eyes, staff))
    if not names and staff.exists():
        return ((writer.say(words.STAFF_CLOSED),),)
    return ((writer.say(listed(names)),),)


FORMS: dict[str, Callable[[Writer], Made]] = {"eu": _eu, "consultant": _consultant}
