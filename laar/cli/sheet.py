"""`laar sheet`: the reference sheet in the terminal, or for machines."""

from __future__ import annotations

import argparse
import json
import shutil
import textwrap
from collections.abc import Iterator
from typing import Any

from laar.base.queries import programme_of
from laar.cli.home import need_programme
from laar.kit.figures import Figure
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.reports.factsheet import SectorCell, Sheet, Text, sheet_of

NAME = "sheet"
HELP = "print the reference sheet, computed from the records"

DEMO = Name(
    en="Demonstration: synthetic rows; persons and funders are fictional.",
    km="ការបង្ហាញ៖ ទិន្នន័យសំយោគ; បុគ្គល និងម្ចាស់ជំនួយគឺប្រឌិត។",
)
BLANK = Name(en="blank in the source", km="ទទេក្នុងឯកសារដើម")
CELLS = {
    "sectors": Name(en="Sectors (DAC)", km="វិស័យ (DAC)"),
    "location": Name(en="Location of the action", km="ទីកន្លែងអនុវត្តសកម្មភាព"),
    "cost": Name(en="Cost of the action", km="ចំណាយនៃសកម្មភាព"),
    "role": Name(en="Role in the action", km="តួនាទីក្នុងសកម្មភាព"),
    "donors": Name(en="Donors, and amount by donor", km="ម្ចាស់ជំនួយ និងចំនួនទឹកប្រាក់"),
    "dates": Name(en="Dates (from … to …)", km="កាលបរិច្ឆេទ (ពី … ដល់ …)"),
    "objective": Name(en="Objective", km="គោលបំណង"),
}
LOCATION = Name(en="{places}: {districts} districts, {communes} communes", km="{places}៖ ស្រុក {districts} ឃុំ {communes}")


def options(parser: argparse.ArgumentParser) -> None:
    """Which programme, in which form."""
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--programme", default="", metavar="CODE")


def run(options: argparse.Namespace) -> int:
    """Print it."""
    need_programme()
    sheet = sheet_of(programme_of(options.programme))
    if sheet is None:
        raise Refusal("record.not_found")
    if options.format == "json":
        print(json.dumps(for_machines(sheet), ensure_ascii=False, indent=1))
    else:
        width = min(110, shutil.get_terminal_size().columns)
        for line in _text(sheet, options.lang):
            print(textwrap.fill(line, width, subsequent_indent="    ") if line else "")
    return 0


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


def _text(sheet: Sheet, lang: str) -> Iterator[str]:
    profile = sheet.profile
    if sheet.programme.is_demo:
        yield DEMO.say(lang)
        yield ""
    yield profile.name.say(lang)
    yield ""
    for key, value in _cells(sheet, lang).items():
        mark = f" [{BLANK.say(lang)}]" if sheet.blank(key) else ""
        yield f"{CELLS[key].say(lang)}{mark}: {value}"
    yield ""
    yield f"{CELLS['objective'].say(lang)}: {Name(profile.objective_en, profile.objective_km).say(lang)}"
    yield from _margin(sheet.objective, lang)
    for section in sheet.sections:
        yield ""
        yield section.name.say(lang).upper()
        for text in section.texts[lang]:
            yield f"  • {_flat(text)}"
        yield from _margin(section.margin, lang)


def _cells(sheet: Sheet, lang: str) -> dict[str, str]:
    location = LOCATION.format(
        places=", ".join(place.say(lang) for place in sheet.provinces),
        districts=sheet.figures["places.districts"].figure,
        communes=sheet.figures["places.communes"].figure,
    )
    return {
        "sectors": ", ".join(_sector(cell, lang) for cell in sheet.sectors),
        "location": location.say(lang),
        "cost": _said(sheet.figures["action.cost"]),
        "role": sheet.role.say(lang),
        "donors": "; ".join(f"{donor.name.say(lang)} {_said(donor.amount)}" for donor in sheet.donors),
        "dates": f"{sheet.first} – {sheet.last}",
    }


def _sector(cell: SectorCell, lang: str) -> str:
    code, doubt = cell.share.sector.code, cell.share.doubt.say(lang)
    return f"{code} ({doubt})" if doubt else code


def _margin(margin: list[tuple[Name, Figure]], lang: str) -> Iterator[str]:
    for label, figure in margin:
        yield f"    {label.say(lang)}: {_said(figure)}   ({figure.id})"


def _said(figure: Figure) -> str:
    return f"{figure.currency} {figure.figure}" if figure.currency else figure.figure


def _flat(text: Text) -> str:
    return "".join(piece if isinstance(piece, str) else piece.figure for piece in text)
