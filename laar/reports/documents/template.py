"""The Word template, made by code, so that it can be read and reviewed: styles, tables and the places to be filled.

docxtpl fills it. One is made for each shape of tables and kept; how it looks stands here alone, in styles that whoever
gets the file can change.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from laar.reports.documents.document import Table

#: Latin letters, and Khmer: the fonts of an office in Cambodia. Word takes the nearest where one is missing.
LATIN, KHMER = "Calibri", "Khmer OS Battambang"
SOFT, LOTUS, RULE = RGBColor(0x4D, 0x55, 0x50), "0B5D4B", "B9B6AA"
#: The width between the margins, in mm, and of its two parts beside each other in the narrative.
WIDTH, TEXT, FIGURES = 178, 116, 62

#: A table as the template needs it: its widths, how many rows, how many of them are header, and of each cell where it
#: begins (row, column), its place in the row, how many columns and rows it spans.
Shape = tuple[tuple[int, ...], int, int, tuple[tuple[int, int, int, int, int], ...]]

STYLES = {  # name: (kind, size, soft, bold)
    "Small": (WD_STYLE_TYPE.PARAGRAPH, 8, True, False),
    "Cell": (WD_STYLE_TYPE.PARAGRAPH, 9, False, False),
    "Margin": (WD_STYLE_TYPE.PARAGRAPH, 8.5, True, False),
    "Note": (WD_STYLE_TYPE.PARAGRAPH, 7.5, False, False),
    "Figure": (WD_STYLE_TYPE.CHARACTER, None, False, False),
    "Currency": (WD_STYLE_TYPE.CHARACTER, 8, True, False),
    "Reference": (WD_STYLE_TYPE.CHARACTER, None, True, False),
    "Key": (WD_STYLE_TYPE.CHARACTER, 7.5, False, False),
}
#: Khmer fonts bring much room of their own above and below a line.
LINES = {"en": 1.0, "km": 0.85}
HEADINGS = {"Heading 1": 14, "Heading 2": 12, "Heading 3": 10.5}


def shape_of(table: Table) -> Shape:
    """What of a table the template depends on."""
    header = int(bool(table.header))
    cells = tuple((row, column, place, cell.columns, cell.rows) for row, column, place, cell in table.placed())
    return table.widths, header + len(table.rows), header, cells


@cache
def template(shapes: tuple[Shape, ...], lang: str) -> bytes:
    """A template for tables of these shapes, in a language."""
    made = docx.Document()
    _page(made)
    _styles(made, lang)
    made.add_paragraph("{{ kind }} · {{ said_on }}", style="Small")
    for number, shape in enumerate(shapes):
        _table(made, shape, f"tables[{number}]")
        made.add_paragraph(style="Small")
    made.add_heading("{{ blocks_heading }}", 2)
    _blocks(made)
    _notes(made)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - WIDTH) / 2)
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(14), Mm(18), Mm(8)
    foot = section.footer.paragraphs[0]
    foot.style = made.styles["Footer"]
    foot.style.paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run("{{ label }}\t{{ page_before }}")
    _field(foot, "PAGE")
    foot.add_run("{{ page_between }}")
    _field(foot, "NUMPAGES")
    foot.add_run("{{ page_after }}")


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


# ── styles ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _styles(made: Any, lang: str) -> None:
    for name, (kind, size, soft, bold) in STYLES.items():
        style = made.styles.add_style(name, kind)
        style.font.bold = bold or None
        if size:
            style.font.size = Pt(size)
        if soft:
            style.font.color.rgb = SOFT
    made.styles["Normal"].font.size = Pt(9)
    made.styles["Footer"].font.size = Pt(7.5)
    made.styles["Footer"].font.color.rgb = SOFT
    for name, size in HEADINGS.items():
        style = made.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, RGBColor(0x1D, 0x24, 0x21)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(2)
    for name in ("Normal", "Small", "Cell", "Margin", "Note", "List Bullet"):
        spacing = made.styles[name].paragraph_format
        spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(0), Pt(2), LINES[lang]
    made.styles["Margin"].paragraph_format.tab_stops.add_tab_stop(Mm(FIGURES - 4), WD_TAB_ALIGNMENT.RIGHT)
    made.styles["Reference"].font.superscript = True
    _underlined(made.styles["Figure"])
    for style in made.styles.element.iter(qn("w:rPrDefault"), qn("w:style")):
        _speaks(style, lang)


def _underlined(style: Any) -> None:
    """One line under a figure, in the colour of what can be opened."""
    under = OxmlElement("w:u")
    under.set(qn("w:val"), "single")
    under.set(qn("w:color"), LOTUS)
    style.element.get_or_add_rPr().append(under)


def _speaks(style: Any, lang: str) -> None:
    """Name the fonts of all scripts and the languages in a style: where one is missing, Word and LibreOffice take a font
    that breaks Khmer clusters apart.
    """
    if style.get(qn("w:type")) in ("numbering", "table"):
        return
    properties = style.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        _put(style, properties, before=("w:tblPr", "w:trPr", "w:tcPr", "w:tblStylePr"))
    for old in properties.findall(qn("w:rFonts")) + properties.findall(qn("w:lang")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", KHMER), ("cs", KHMER)):
        fonts.set(qn(f"w:{script}"), font)
    _put(properties, fonts, after=("w:rStyle",))
    for western, complex_script in (("w:sz", "w:szCs"), ("w:b", "w:bCs"), ("w:i", "w:iCs")):
        _same_in_khmer(properties, western, complex_script)
    tongue = OxmlElement("w:lang")
    for script, code in (("val", "en-GB" if lang == "en" else "km-KH"), ("eastAsia", "en-GB"), ("bidi", "km-KH")):
        tongue.set(qn(f"w:{script}"), code)
    _put(properties, tongue, before=("w:eastAsianLayout", "w:specVanish", "w:oMath"))


def _same_in_khmer(properties: Any, western: str, complex_script: str) -> None:
    """A size, a weight or a slope holds for complex scripts only when it is said for them, too."""
    for old in properties.findall(qn(complex_script)):
        properties.remove(old)
    there = properties.find(qn(western))
    if there is not None:
        twin = OxmlElement(complex_script)
        for name, value in there.items():
            twin.set(name, value)
        there.addnext(twin)


def _put(parent: Any, child: Any, before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> None:
    """Insert where the schema wants it: before the first of some elements, or after the last of others, else at an end."""
    following = next((one for one in parent if one.tag in {qn(name) for name in before}), None)
    if following is not None:
        following.addprevious(child)
    elif after:
        place = max(
            (place for place, one in enumerate(parent, 1) if one.tag in {qn(name) for name in after}), default=0
        )
        parent.insert(place, child)
    else:
        parent.append(child)


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _table(made: Any, shape: Shape, name: str) -> None:
    widths, rows, header, cells = shape
    table = _plain_table(made, rows, [WIDTH * width / sum(widths) for width in widths])
    _ruled(table)
    for row, column, place, columns, height in cells:
        target = table.cell(row, column)
        if (columns, height) != (1, 1):
            target = target.merge(table.cell(row + height - 1, column + columns - 1))
        _cell(target, f"{name}.header[{place}]" if row < header else f"{name}.rows[{row - header}][{place}]")
    for line in table.rows[:header]:
        _repeats(line)
    for line in table.rows:
        _stays_whole(line)


def _cell(cell: Any, name: str) -> None:
    """The places of a cell: its label, its remark, its title or its lines. A cell never stays without a paragraph."""
    first = cell.paragraphs[0]
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    first.style = "Small"
    first.add_run(f"{{%p if {name}.label %}}")
    for text, style in (
        (f"{{{{r {name}.over }}}}", "Small"),
        ("{%p endif %}", "Small"),
        (f"{{%p if {name}.is_title %}}", "Small"),
        (f"{{{{ {name}.title }}}}", "Heading 1"),
        ("{%p endif %}", "Small"),
        (f"{{%p for line in {name}.lines %}}", "Cell"),
        ("{{r line }}", "Cell"),
        ("{%p endfor %}", "Cell"),
    ):
        cell.add_paragraph(text, style=style)


def _plain_table(made: Any, rows: int, widths: list[float]) -> Any:
    table = made.add_table(rows=rows, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        for cell in column.cells:
            cell.width = Mm(width)
        column.width = Mm(width)
    return table


def _ruled(table: Any, inside: bool = True) -> None:
    """Hair lines between the cells, a line above and below; no box."""
    borders = OxmlElement("w:tblBorders")
    lines = {"top": ("8", "1D2421"), "bottom": ("8", "1D2421"), "insideH": ("4", RULE)}
    for side, (size, colour) in (lines | ({"insideV": ("4", RULE)} if inside else {})).items():
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    _put(table._tbl.tblPr, borders, before=("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"))


def _repeats(row: Any) -> None:
    """The row is a header: it stands again on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _stays_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


# ── the narrative and the notes ─────────────────────────────────────────────────────────────────────────────────────


def _blocks(made: Any) -> None:
    """A heading for each block, below it what it says, and beside that the figures of its margin."""
    made.add_paragraph("{%p for block in blocks %}")
    made.add_heading("{{ block.heading }}", 3)
    table = _plain_table(made, 1, [TEXT, FIGURES])
    _ruled(table)
    said, margin = table.rows[0].cells
    _fill(
        said,
        ("{%p for line in block.lines %}", "Cell"),
        ("{%p if block.is_list %}", "Cell"),
        ("{{r line }}", "List Bullet"),
        ("{%p else %}", "Cell"),
        ("{{r line }}", "Cell"),
        ("{%p endif %}", "Cell"),
        ("{%p endfor %}", "Cell"),
        ("{%p for note in block.notes %}", "Small"),
        ("{{ note }}", "Small"),
        ("{%p endfor %}", "Small"),
    )
    _fill(margin, ("{%p for line in block.margin %}", "Margin"), ("{{r line }}", "Margin"), ("{%p endfor %}", "Margin"))
    made.add_paragraph("{%p endfor %}")


def _fill(cell: Any, *paragraphs: tuple[str, str]) -> None:
    (text, style), *more = paragraphs
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(text)
    for text, style in more:
        cell.add_paragraph(text, style=style)


def _notes(made: Any) -> None:
    heading = made.add_heading("{{ notes.heading }}", 2)
    heading.paragraph_format.page_break_before = True
    made.add_paragraph("{{ notes.lede }}", style="Small")
    table = _plain_table(made, 4, [9, 54, 83, 32])
    _ruled(table, inside=False)
    _repeats(table.rows[0])
    for number, cell in enumerate(table.rows[0].cells):
        _fill(cell, (f"{{{{ notes.columns[{number}] }}}}", "Small"))
    _fill(table.rows[1].cells[0], ("{%tr for note in notes.notes %}", "Note"))
    for cell, text in zip(
        table.rows[2].cells,
        ("{{ note.number }}", "{{r note.key }}", "{{ note.rule }}", "{{ note.value }}"),
        strict=True,
    ):
        _fill(cell, (text, "Note"))
    _fill(table.rows[3].cells[0], ("{%tr endfor %}", "Note"))
    _stays_whole(table.rows[2])
    for row in table.rows:
        row.cells[3].paragraphs[0].alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
