import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laar.kit.names import clean
from laar.kit.refusals import Refusal
from laar.kit.sheets import rows_from_csv, text_of

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
