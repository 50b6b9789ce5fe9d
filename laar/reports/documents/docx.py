"""A document as Word: the template filled by docxtpl, with real headings, tables whose heads repeat, figures as links."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate, RichText

from laar.reports.documents.document import Block, Cell, Document, Line, Note, Shown, Table, flat
from laar.reports.documents.template import shape_of, template


def as_docx(document: Document) -> bytes:
    """Set a document in Word. The same document gives the same bytes."""
    filled = DocxTemplate(BytesIO(template(tuple(shape_of(one) for one in document.tables), document.lang)))
    filled.render(_Filler(filled).context(document), autoescape=True)
    properties = filled.docx.core_properties
    properties.title, properties.author, properties.subject = document.title, document.author, document.kind
    properties.language, properties.comments = {"en": "en-GB", "km": "km-KH"}[document.lang], document.label
    properties.last_modified_by, properties.revision = document.author, 1
    properties.created = properties.modified = datetime.combine(document.day, time())
    file = BytesIO()
    filled.save(file)
    return _dated(file, document)


class _Filler:
    """Turns the data of a document into what the places of the template take."""

    def __init__(self, template: DocxTemplate) -> None:
        self.template = template
        self.addresses: dict[str, str] = {}

    def context(self, document: Document) -> dict[str, Any]:
        """Everything that the template asks for."""
        before, between, after = _around(document.page_of)
        notes = document.notes
        return {
            "kind": document.kind,
            "said_on": document.said_on,
            "label": document.label,
            "page_before": before,
            "page_between": between,
            "page_after": after,
            "tables": [self.table(table) for table in document.tables],
            "blocks_heading": document.blocks_heading,
            "blocks": [self.block(block) for block in document.blocks],
            "notes": {
                "heading": notes.heading,
                "lede": notes.lede,
                "columns": notes.columns,
                "notes": [self.note(note) for note in notes.notes],
            },
        }

    def table(self, table: Table) -> dict[str, Any]:
        """A table: its header and its rows."""
        rows = [[self.cell(cell) for cell in row] for row in table.rows]
        return {"header": [self.cell(cell) for cell in table.header], "rows": rows}

    def cell(self, cell: Cell) -> dict[str, Any]:
        """A cell: what stands over it, its title or its lines."""
        over = RichText(cell.label)
        if cell.remark:
            over.add(f"  [{cell.remark}]")
        title, *lines = cell.lines if cell.is_title else ((), *cell.lines)
        # A cell of a table without any paragraph is one that Word can't open.
        lines = lines or ([] if cell.label else [("",)])
        return {
            "label": cell.label,
            "over": over,
            "is_title": cell.is_title,
            "title": flat(title),
            "lines": [self.line(line) for line in lines],
        }

    def block(self, block: Block) -> dict[str, Any]:
        """A part of the narrative."""
        margin = [self.line((f"{label}\t", *line)) for label, line in block.margin]
        return {
            "heading": " · ".join(word for word in (block.heading, block.other) if word),
            "is_list": block.is_list,
            "lines": [self.line(line) for line in block.lines or (("–",),)],
            "margin": margin or [RichText("")],
            "notes": block.notes,
        }

    def note(self, note: Note) -> dict[str, Any]:
        """A line of the notes; its key opens the figure."""
        key = RichText()
        key.add(note.id, style="Key", url_id=self.address(note.link))
        return {"number": note.number, "key": key, "rule": note.rule, "value": note.value}

    def line(self, line: Line) -> RichText:
        """Words and figures: each figure a link, with the number of its note."""
        text = RichText()
        for part in line:
            if isinstance(part, Shown):
                self.figure(text, part)
            else:
                text.add(part)
        return text

    def figure(self, text: RichText, figure: Shown) -> None:
        """A figure with its currency before it and the number of its note behind it."""
        if figure.currency:
            text.add(f"{figure.currency}\u00a0", style="Currency")  # never on a line of its own
        text.add(figure.number.replace(" ", "\u00a0"), style="Figure", url_id=self.address(figure.link))
        text.add(figure.note, style="Reference")

    def address(self, link: str | None) -> str | None:
        """The id of an address in the file; each is kept once."""
        if link is None:
            return None
        if link not in self.addresses:
            self.addresses[link] = self.template.build_url_id(link)
        return self.addresses[link]


def _around(page_of: str) -> tuple[str, str, str]:
    """The words around the two numbers that Word counts itself."""
    before, _, rest = page_of.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return before, between, after


def _dated(file: BytesIO, document: Document) -> bytes:
    """The same file with the day of the document on each of its parts, instead of the moment of writing."""
    day, dated = document.day, BytesIO()
    with ZipFile(file) as written, ZipFile(dated, "w") as archive:
        for part in written.infolist():
            member = ZipInfo(part.filename, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            member.compress_type, member.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(member, written.read(part))
    return dated.getvalue()
