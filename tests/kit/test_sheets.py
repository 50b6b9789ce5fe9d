import csv
import io
import random
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from laar.kit.names import clean
from laar.kit.refusals import Refusal
from laar.kit.sheets import rows_from_csv, rows_of, text_of

COLUMNS = ("code", "name")


def rows(text):
    data = text if isinstance(text, bytes) else text.encode()
    return rows_from_csv(data, columns=COLUMNS, file="test.csv")


def test_a_row_has_the_number_that_a_spreadsheet_shows():
    found = rows("code,name\n21,Takeo\n\n2101,Angkor Borei\n")
    assert [(row.number, row["code"]) for row in found] == [(2, "21"), (4, "2101")]


def test_a_line_break_inside_a_cell_does_not_move_the_numbers():
    found = rows('code,name\n21,"Ta\nkeo"\n2101,Angkor Borei\n')
    assert [row.number for row in found] == [2, 3]


def test_a_byte_order_mark_is_no_part_of_the_first_heading():
    assert rows("\ufeffcode,name\n21,Takeo\n".encode())[0]["code"] == "21"


def test_cells_are_cleaned_and_further_columns_are_kept():
    (row,) = rows("name,code,more\n Cafe\u0301 ,21,x\n")
    assert (row["name"], row["code"], row["more"], row["none"]) == ("Café", "21", "x", "")


def test_a_short_row_is_filled_with_nothing_and_a_row_of_spaces_is_none():
    (row,) = rows("code,name\n21\n  ,  \n")
    assert (row["code"], row["name"]) == ("21", "")


@pytest.mark.parametrize(
    ("data", "code", "fact"),
    [
        (b"code,name\n21,Tak\xe9o\n", "sheet.encoding", {"byte": 16}),
        (b"code\n21\n", "sheet.columns", {"missing": "name"}),
        (b"", "sheet.columns", {"missing": "code, name"}),
        (b"code,name\n", "sheet.empty", {"file": "test.csv"}),
        (b"code,name\n,\n", "sheet.empty", {"file": "test.csv"}),
    ],
)
def test_a_sheet_that_can_not_be_read_says_what_is_wrong(data, code, fact):
    with pytest.raises(Refusal) as no:
        rows(data)
    assert no.value.code == code
    assert fact.items() <= no.value.facts.items()
    assert "test.csv" in no.value.text.en


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=8)


@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6).filter(
        lambda rows: any(clean(c) for r in rows for c in r)
    )
)
def test_what_is_written_as_csv_reads_back_clean(written):
    paper = io.StringIO(newline="")
    csv.writer(paper).writerows([COLUMNS, *written])
    expected = [(clean(code), clean(name)) for code, name in written if clean(code) or clean(name)]
    assert [(row["code"], row["name"]) for row in rows(paper.getvalue())] == expected


def test_text_is_utf_8_or_refused():
    assert text_of("អង្គ".encode(), "x") == "អង្គ"
    with pytest.raises(Refusal):
        text_of("é".encode("latin-1"), "x")


def workbook(*sheets, formula=None):
    paper = io.BytesIO()
    with xlsxwriter.Workbook(paper, {"in_memory": True, "strings_to_formulas": False}) as book:
        for lines in sheets:
            sheet = book.add_worksheet()
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
        if formula:
            sheet.write_formula(formula, "=1+1", None, "2")
    return paper.getvalue()


def from_xlsx(data):
    return rows_of(data, columns=COLUMNS, file="test.xlsx")


def test_a_workbook_gives_the_same_rows_as_csv_with_the_line_numbers_that_excel_shows():
    found = from_xlsx(workbook([COLUMNS, ["21", "តាកែវ"], [], [2101, " Angkor Borei "]]))
    assert [(row.number, row["code"], row["name"]) for row in found] == [
        (2, "21", "តាកែវ"),
        (4, "2101", "Angkor Borei"),
    ]


def test_the_sheet_with_the_columns_is_found_behind_one_to_read_and_a_heading_may_say_it_in_khmer_below():
    found = from_xlsx(workbook([["Read me"], ["code, name"]], [["code\nលេខកូដ", "name\nឈ្មោះ"], ["21", "Takeo"]]))
    assert [(row.number, row["name"]) for row in found] == [(2, "Takeo")]


def test_a_text_that_looks_like_a_formula_stays_a_text():
    assert from_xlsx(workbook([COLUMNS, ["21", "=1+1"]]))[0]["name"] == "=1+1"


def test_a_formula_is_refused_with_its_cell_and_never_computed():
    with pytest.raises(Refusal) as no:
        from_xlsx(workbook([COLUMNS, ["21", "Takeo"]], formula="B2"))
    assert (no.value.code, no.value.facts["cell"]) == ("sheet.formula", "B2")


def bomb():
    """A sheet of zeros that unpacks to more than fits."""
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (65 * 2**20))
    return paper.getvalue()


def lying():
    """A member that says that it is shorter than it is."""
    data = workbook([COLUMNS, ["21", "Takeo"]])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    return data.replace(size.to_bytes(4, "little"), (size - 50).to_bytes(4, "little"))


def far_away():
    """Two cells at the far ends of a sheet, which would be held as seventeen thousand million."""
    paper = io.BytesIO()
    with xlsxwriter.Workbook(paper, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "code")
        sheet.write(1_048_575, 16_383, "x")
    return paper.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: random.Random(1).randbytes(2**20), "sheet.no_workbook"),
        (lambda: random.Random(1).randbytes(5 * 2**20), "sheet.too_large"),
        (lambda: b"PK\x03\x04" + b"x" * 1000, "sheet.no_workbook"),
        (lambda: workbook([COLUMNS, ["21", "Takeo"]])[:-40], "sheet.no_workbook"),
        (lambda: workbook([["name", "colour"], ["Takeo", "green"]]), "sheet.columns"),
        (lambda: workbook([COLUMNS]), "sheet.empty"),
        (lambda: workbook([COLUMNS, *[[str(n), "x"] for n in range(10_001)]]), "sheet.too_long"),
        (bomb, "sheet.too_large"),
        (lying, "sheet.no_workbook"),
        (far_away, "sheet.too_long"),
    ],
    ids=[
        "noise",
        "much-noise",
        "half-a-head",
        "cut",
        "other-columns",
        "heading-alone",
        "long",
        "bomb",
        "lying",
        "far-away",
    ],
)
def test_what_is_no_filled_in_workbook_says_why(make, code):
    with pytest.raises(Refusal) as no:
        from_xlsx(make())
    assert no.value.code == code
    assert "test.xlsx" in no.value.text.en
