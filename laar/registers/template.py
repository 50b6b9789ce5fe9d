"""The sheet of people and groups to be filled in: a workbook with lists to choose from and a page that explains, or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import xlsxwriter  # type: ignore[import-untyped]  # it brings no types

from laar.kit.names import Name
from laar.registers.models import Place
from laar.registers.people import COLUMNS, both
from laar.registers.rules import PARTY_KINDS, SEXES

#: What stands over each column, below the word that the program reads.
HEADINGS = {
    "kind": Name(en="Kind", km="ប្រភេទ"),
    "name_km": Name(en="Name in Khmer", km="ឈ្មោះជាអក្សរខ្មែរ"),
    "name_en": Name(en="Name in Latin letters", km="ឈ្មោះជាអក្សរឡាតាំង"),
    "sex": Name(en="Sex", km="ភេទ"),
    "place": Name(en="Place code", km="លេខកូដទីកន្លែង"),
}
WIDTHS = {"kind": 42, "name_km": 32, "name_en": 32, "sex": 18, "place": 18}

READ_ME = (
    Name(
        en="Fill in the sheet “People”: one line for each person, council, committee or group. Leave the first line as it is.",
        km="សូមបំពេញសន្លឹក «People»៖ មួយបន្ទាត់សម្រាប់បុគ្គល ក្រុមប្រឹក្សា គណៈកម្មាធិការ ឬក្រុមនីមួយៗ។ សូមទុកបន្ទាត់ទីមួយដដែល។",
    ),
    Name(
        en="kind: choose from the list. A name in one of the two scripts is enough.",
        km="kind (ប្រភេទ)៖ សូមជ្រើសរើសពីបញ្ជី។ ឈ្មោះជាអក្សរមួយក្នុងចំណោមពីរគឺគ្រប់គ្រាន់។",
    ),
    Name(
        en="sex: only for a person; empty where it is not known.",
        km="sex (ភេទ)៖ សម្រាប់តែបុគ្គល; ទុកទទេ បើមិនដឹង។",
    ),
    Name(
        en="place: the official code of the commune or village, with its leading zero. The communes of the programme are on "
        "the sheet “Places”. Empty for whoever is at home nowhere in particular, as a donor.",
        km="place (ទីកន្លែង)៖ លេខកូដផ្លូវការរបស់ឃុំ ឬភូមិ រួមទាំងលេខសូន្យខាងមុខ។ ឃុំរបស់កម្មវិធីមាននៅសន្លឹក «Places»។ "
        "ទុកទទេសម្រាប់អ្នកដែលគ្មានទីកន្លែងជាក់លាក់ ដូចជាម្ចាស់ជំនួយ។",
    ),
    Name(
        en="Two people of the same name in one place: add what tells them apart, as in “Sok Dara (teacher)”.",
        km="មនុស្សពីរនាក់ឈ្មោះដូចគ្នានៅកន្លែងតែមួយ៖ សូមបន្ថែមអ្វីសម្គាល់ ដូចជា «សុខ ដារ៉ា (គ្រូបង្រៀន)»។",
    ),
    Name(
        en="Before anything is registered you are shown what is new, what is there already and what is wrong, with its line. "
        "The same file sent twice changes nothing.",
        km="មុនពេលចុះបញ្ជី អ្នកនឹងឃើញអ្វីថ្មី អ្វីមានរួច និងអ្វីខុស ជាមួយលេខបន្ទាត់។ ផ្ញើឯកសារដដែលពីរដង មិនប្ដូរអ្វីទេ។",
    ),
)


def people_csv() -> bytes:
    """The heading alone, with the mark by which Excel knows that it is UTF-8."""
    paper = io.StringIO(newline="")
    csv.writer(paper).writerow(COLUMNS)
    return paper.getvalue().encode("utf-8-sig")


def people_xlsx(places: Iterable[Place]) -> bytes:
    """A page to read in both languages, the sheet to fill in with its lists, and the communes with their codes."""
    paper = io.BytesIO()
    with xlsxwriter.Workbook(paper, {"in_memory": True, "strings_to_formulas": False}) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bottom": 1})
        as_text = book.add_format({"num_format": "@"})  # a code keeps its leading zero

        explained = book.add_worksheet("Read me – សូមអាន")
        explained.set_column(0, 1, 60, wrapped)
        explained.write_row(0, 0, ["English", "ខ្មែរ"], head)
        for number, text in enumerate(READ_ME, start=1):
            explained.write_row(number, 0, [text.en, text.km])

        sheet = book.add_worksheet("People")
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, WIDTHS[name], as_text)
            heading = HEADINGS[name]
            sheet.write(0, column, f"{name}\n{heading.en}\n{heading.km}", head)
        sheet.set_row(0, 54)
        sheet.freeze_panes(1, 0)

        lists = book.add_worksheet("Lists")  # a list inside a cell holds 255 characters, ours are longer
        for column, names in ((0, PARTY_KINDS), (3, SEXES)):
            words = [both(name) for key, name in names.items() if key]
            lists.write_column(0, column, words)
            letter = "AD"[column > 0]
            sheet.data_validation(
                1,
                column,
                5000,
                column,
                {"validate": "list", "source": f"=Lists!${letter}$1:${letter}${len(words)}", "error_type": "warning"},
            )
        lists.hide()

        there = book.add_worksheet("Places")
        there.set_column(0, 2, 28, as_text)
        there.write_row(0, 0, ["code", "ខ្មែរ", "English"], head)
        for number, place in enumerate(places, start=1):
            there.write_row(number, 0, [place.code, place.name.km, place.name.en])
        sheet.activate()
    return paper.getvalue()
