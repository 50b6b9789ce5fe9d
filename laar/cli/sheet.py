"""`laar sheet`: the reference sheet in the terminal, for machines, as PDF or as Word."""

from __future__ import annotations

import argparse
import json
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from laar.base.clock import today
from laar.base.queries import programme_of
from laar.base.readers import reader_as
from laar.cli.home import need_programme
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.reports.documents import FORMATS, FORMS, address_of, document_of
from laar.reports.documents.document import Block, Document, Shown, flat, joined
from laar.reports.factsheet import Sheet, sheet_of

NAME = "sheet"
HELP = "print the reference sheet, computed from the records"

DONE = Name(en="Written: {file}", km="បានសរសេរ៖ {file}")

refusal(
    "sheet.not_written",
    en="{file} can't be written ({why}). Name another file with --out.",
    km="មិនអាចសរសេរ {file} បានទេ ({why})។ សូមកំណត់ឯកសារផ្សេងដោយ --out។",
)


def options(parser: argparse.ArgumentParser) -> None:
    """Which programme, in which form, as what; `--lang` is also the language of a document."""
    parser.add_argument("--format", choices=("text", "json", *FORMATS), default="text")
    parser.add_argument(
        "--form", choices=tuple(FORMS), default="eu", help="the reference sheet, or the one for consultants"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where a PDF or Word file goes; default: its own name, here"
    )
    parser.add_argument("--programme", default="", metavar="CODE")


def run(options: argparse.Namespace) -> int:
    """Print it, or write it into a file."""
    need_programme()
    sheet = sheet_of(programme_of(options.programme))
    if sheet is None:
        raise Refusal("record.not_found")
    if options.format == "json":
        print(json.dumps(for_machines(sheet), ensure_ascii=False, indent=1))
        return 0
    eyes = reader_as("manager", sheet.programme)
    document = document_of(sheet, options.form, options.lang, eyes=eyes, on=today(), link=address_of)
    if options.format in FORMATS:
        file = _write(document, options.format, options.out)
        print(DONE.format(file=file).say(options.lang))
        return 0
    width = min(110, shutil.get_terminal_size().columns)
    for line in _text(document):
        print(textwrap.fill(line, width, subsequent_indent="    ") if line else "")
    return 0


def _write(document: Document, ending: str, out: Path | None) -> Path:
    """Write a document into a file, which it replaces."""
    file = out or Path(f"{document.name}.{ending}")
    content = FORMATS[ending].made(document)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal("sheet.not_written", file=file, why=error.strerror) from error
    return file


def for_machines(sheet: Sheet) -> dict[str, Any]:
    """Every figure of the sheet by its key, with value, unit and currency, and the cells that are words."""
    return {
        "programme": sheet.programme.code,
        "is_demo": sheet.programme.is_demo,
        "title": {"en": sheet.profile.title_en, "km": sheet.profile.title_km},
        "since": sheet.first.isoformat(),
        "last": sheet.last.isoformat(),
        "role": {"en": sheet.role.en, "km": sheet.role.km},
        "sectors": [cell.share.sector.code for cell in sheet.sectors],
        "donors": [{"name": donor.name.en, "figure": donor.amount.id} for donor in sheet.donors],
        "blank_in_source": sheet.profile.blank_in_source.split(),
        "figures": {
            figure.id: {
                "value": figure.plain(),
                "unit": figure.unit,
                "currency": figure.currency,
                "label": {"en": figure.label.en, "km": figure.label.km},
            }
            for figure in sheet.figures.values()
        },
    }


def _text(document: Document) -> Iterator[str]:
    if document.label:
        yield document.label
        yield ""
    for table in document.tables:
        for over, cell in table.labelled():
            remark = f" [{over.remark}]" if over.remark else ""
            yield f"{over.label}{remark}: {joined(cell.lines, '; ')}"
    yield ""
    yield document.blocks_heading.upper()
    for block in document.blocks:
        yield ""
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    yield block.heading.upper()
    for line in block.lines:
        yield f"  • {flat(line)}" if block.is_list else flat(line)
    for label, line in block.margin:
        keys = ", ".join(part.id for part in line if isinstance(part, Shown))
        yield f"    {label}: {flat(line)}   ({keys})"
    for note in block.notes:
        yield f"    {note}"
