"""The sheet as a file, from the desk, from the terminal and in a trace pack, on the demonstration."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from time import process_time
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from pypdf import PdfReader

from laar.reports.rules import DEMO_LABEL
from tests.homes import Home
from tests.reports.test_documents import needs_font, words

#: Asks the demonstration for a page or a file.
Get = Callable[..., HttpResponse]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def get(demo: Home) -> Get:
    """What an address of the demonstration answers; asked once, because all of these tests only read."""
    return cache(demo.get)


@pytest.mark.parametrize("name", ["sheet", "consultant"])
def test_the_desk_hands_out_pdf_and_word(get: Get, name: str) -> None:
    pdf, docx = get(f"/{name}.pdf"), get(f"/{name}.docx")
    assert (pdf["Content-Type"], docx["Content-Type"]) == ("application/pdf", WORD)
    file = {"sheet": "reference-sheet", "consultant": "consultant-sheet"}[name]
    assert pdf["Content-Disposition"] == f'inline; filename="LAAR-DEMO-{file}-en.pdf"'
    assert docx["Content-Disposition"] == f'attachment; filename="LAAR-DEMO-{file}-en.docx"'
    assert pdf.content.startswith(b"%PDF-")
    assert DEMO_LABEL.en in words(docx.content)


@needs_font
def test_the_khmer_address_hands_out_khmer_files(get: Get) -> None:
    pdf, docx = get("/km/sheet.pdf"), get("/km/sheet.docx")
    assert "reference-sheet-km.pdf" in pdf["Content-Disposition"]
    assert DEMO_LABEL.km in words(docx.content)


def test_every_figure_of_the_sheet_is_in_its_files_as_the_terminal_says_it(get: Get, demo: Home) -> None:
    pdf = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(get("/sheet.pdf").content)).pages)
    docx = words(get("/sheet.docx").content)
    text = "".join(demo.laar("sheet").split())
    for key, figure in demo.sheet()["figures"].items():
        said = figure["value"]
        if figure["currency"]:
            said = f"{float(said):,.2f}"
        elif figure["unit"] == "of":
            said = " of ".join(f"{int(part):,}" for part in said.split("/"))
        for whole in (pdf, text):
            assert "".join(said.split()) in whole, key
        assert said in docx, key
        assert key in pdf, key
        assert key in docx, key


@needs_font
@pytest.mark.parametrize("path", ["/sheet.pdf", "/km/sheet.pdf", "/consultant.pdf", "/km/consultant.pdf"])
def test_every_page_of_a_pdf_of_the_demonstration_carries_its_label(get: Get, path: str) -> None:
    pages = PdfReader(BytesIO(get(path).content)).pages
    assert 2 <= len(pages) <= 3
    if "/km/" not in path:  # the letters of a Khmer PDF can't be read back in their order
        label = "".join(DEMO_LABEL.en.split())
        assert all(label in "".join(page.extract_text().split()) for page in pages)


def test_the_four_blank_cells_are_marked_and_persons_are_fictional(get: Get) -> None:
    assert words(get("/sheet.docx").content).count("blank in the source") == 4
    text = words(get("/consultant.docx").content)
    assert text.count("(fictional)") >= 10
    assert "Country" in text
    assert "Cambodia" in text


@pytest.mark.parametrize("path", ["/sheet/", "/km/sheet/"])
def test_the_sheet_links_to_its_files_and_to_the_other_form(get: Get, path: str) -> None:
    text = get(path).content.decode()
    root = path.removesuffix("sheet/")
    for name in ("sheet.pdf", "sheet.docx", "consultant/"):
        assert f'href="{root}{name}"' in text
    other = get(f"{root}consultant/").content.decode()
    for name in ("consultant.pdf", "consultant.docx"):
        assert f'href="{root}{name}"' in other


def test_the_page_for_consultants_shows_the_numbers_of_the_sheet_as_links(get: Get, demo: Home) -> None:
    text = get("/consultant/").content.decode()
    shown = dict(re.findall(r'data-figure="([^"]+)">([^<]+)<', text))
    assert shown["places.communes"] == demo.sheet()["figures"]["places.communes"]["value"]
    assert {"staff.persons", "staff.months", "action.months"} <= set(shown)
    assert get(re.findall(r'href="([^"]+)" data-figure="staff.months"', text)[0]).status_code == 200


def test_the_public_reads_no_name_of_the_staff(get: Get) -> None:
    office, public = (words(get("/consultant.docx", reader=reader).content) for reader in ("sokha", ""))
    assert "Keo Sokha" in office
    assert "Keo Sokha" not in public


@pytest.mark.parametrize("path", ["/sheet.odt", "/consultant.txt"])
def test_a_file_of_another_kind_is_not_found(get: Get, path: str) -> None:
    assert get(path).status_code == 404


def test_the_terminal_writes_files(demo: Home, tmp_path: Path) -> None:
    for form in ("eu", "consultant"):
        for ending, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
            file = tmp_path / f"{form}.{ending}"
            said = demo.laar("sheet", "--format", ending, "--form", form, "--out", str(file))
            assert str(file) in said
            assert file.read_bytes().startswith(start)


def test_a_file_that_cannot_be_written_is_refused(demo: Home, tmp_path: Path) -> None:
    said = demo.laar("sheet", "--format", "pdf", "--out", str(tmp_path / "nowhere" / "sheet.pdf"), fails=True)
    assert "--out" in said


def test_the_terminal_prints_the_form_for_consultants(demo: Home) -> None:
    assert "No. of staff-months:" in demo.laar("sheet", "--form", "consultant")


def test_a_pack_brings_the_documents_and_their_links_lead_into_it(demo: Home, tmp_path: Path) -> None:
    demo.laar("pack", "--for", "donor", "--as", "sokha", str(tmp_path / "pack.zip"))
    with ZipFile(tmp_path / "pack.zip") as pack:
        names = set(pack.namelist())
        for form in ("reference", "consultant"):
            reader = PdfReader(BytesIO(pack.read(f"documents/LAAR-DEMO-{form}-sheet-en.pdf")))
            notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
            links = {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}
            assert len(links) > 30
            assert {link.removeprefix("../") for link in links} <= names


@needs_font
def test_a_pdf_costs_less_than_a_second(demo: Home) -> None:
    demo.get("/km/sheet.pdf")  # the fonts are read once
    begun = process_time()
    demo.get("/km/sheet.pdf")
    assert process_time() - begun < 1
