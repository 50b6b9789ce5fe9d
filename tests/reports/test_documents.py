"""The sheet as PDF and Word: made of one document, so that they say the same, and both what the records say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx as word
import pytest
from django.conf import settings
from docx.oxml.ns import qn
from pypdf import PdfReader

from laar.base.readers import PUBLIC, reader_as
from laar.events.actions import hold_event, record_attendance
from laar.kit.figures import Figure
from laar.kit.names import Name
from laar.registers.actions import register_party, seat_member
from laar.reports.documents import FORMATS, FORMS, address_of, as_docx, as_pdf, document_of, documents_of
from laar.reports.documents import fonts as faces
from laar.reports.documents.coverage import missing_signs
from laar.reports.documents.document import Document, Shown, flat
from laar.reports.rules import DEMO_LABEL
from tests.refused import refused
from tests.reports.facts import describe, sheet
from tests.thread import Thread
from tests.world import World

TODAY = date(2011, 1, 31)
MADE = {"pdf": as_pdf, "docx": as_docx}
#: Whether this environment brought the Khmer font; without it, what is set in Khmer can't be tried.
needs_font = pytest.mark.skipif(faces._packaged() is None, reason="the package with the Khmer font is not installed")


@pytest.fixture(autouse=True)
def _fonts_read_anew() -> Iterator[None]:
    """Where the fonts come from is asked once a process; a test that moves them asks again."""
    faces._typeface.cache_clear()
    yield
    faces._typeface.cache_clear()


def document(world: World, form: str = "eu", lang: str = "en", **more: object) -> Document:
    """A document of the small world, for its office."""
    asked = {"eyes": reader_as("manager", world.programme), "on": TODAY, "link": address_of} | more
    return document_of(sheet(world), form, lang, **asked)


def told(world: World) -> World:
    """The small world with a sheet, and money that was paid."""
    describe(world)
    Thread(world).to("pay_first")
    return world


def numbers(made: Document) -> dict[str, str]:
    """What is printed for each figure."""
    return {note.id: note.value for note in made.notes.notes}


def shown(made: Document) -> list[Shown]:
    """Every figure in its place."""
    lines = [line for table in made.tables for row in table.rows for cell in row for line in cell.lines]
    lines += [line for block in made.blocks for line in block.lines]
    lines += [line for block in made.blocks for _, line in block.margin]
    return [part for line in lines for part in line if isinstance(part, Shown)]


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without the way in which it was broken into lines."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def words(docx: bytes) -> str:
    """All text of a Word file, of its footer too."""
    with ZipFile(BytesIO(docx)) as file:
        parts = [
            file.read(name).decode() for name in file.namelist() if re.match(r"word/(document|footer).*\.xml", name)
        ]
    return "".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part)) for part in parts).replace("\u00a0", " ")


# ── the document ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", ["en", "km"])
@pytest.mark.parametrize("form", FORMS)
def test_each_number_has_a_note_with_its_key_its_rule_and_its_value(world: World, form: str, lang: str) -> None:
    made = document(told(world), form, lang)
    notes = {note.number: note for note in made.notes.notes}
    assert len(notes) == len(made.notes.notes) == len(made.figures())
    for figure in shown(made):
        note = notes[figure.note]
        assert (note.id, note.link) == (figure.id, figure.link)
        assert note.value.endswith(figure.number)
        assert note.rule


def test_every_figure_of_the_sheet_is_on_its_document(world: World) -> None:
    told(world)
    unstated = {"action.whole", "action.own_share"}  # nobody said here what the whole action cost
    assert document(world).figures() | unstated == set(sheet(world).figures)


def test_no_number_stands_in_the_narrative_but_figures(world: World) -> None:
    for block in document(told(world)).blocks:
        for line in block.lines:
            assert not any(re.search(r"\d", part) for part in line if isinstance(part, str))


def test_both_forms_and_both_languages_say_the_same_numbers(world: World) -> None:
    told(world)
    eu, consultant = numbers(document(world)), numbers(document(world, "consultant"))
    common = eu.keys() & consultant.keys()
    assert {"action.cost", "places.communes", "oa.support"} <= common
    assert {key: eu[key] for key in common} == {key: consultant[key] for key in common}
    assert numbers(document(world, lang="km"))["oa.support"] == "EUR ៤០០,០០"
    assert eu["oa.support"] == "EUR 400.00"


def test_the_consultants_form_says_who_where_and_how_long(world: World) -> None:
    describe(world)
    person = register_party("person", name=Name(en="Sok Dara"), by=world.manager, on=world.day, is_fictional=True)
    seat_member(world.ngo, person, role="staff", since=date(2007, 3, 1), by=world.manager, on=world.day)
    (table,) = document(world, "consultant").tables
    said = {cell.label: "; ".join(flat(line) for line in cell.lines) for _, cell in table.labelled()}
    assert said["Professional staff provided by the firm"] == "Sok Dara (fictional)"
    assert (said["No. of staff"], said["No. of staff-months"], said["Duration (months)"]) == ("1", "40", "40")
    assert (said["Start (month/year)"], said["Completion (month/year)"]) == ("March 2007", "June 2010")
    assert said["Associated consultants"].startswith("Lotus Fund (fictional); the lead of the action")
    assert (said["Country"], said["Address"]) == ("–", "–")


def test_the_public_is_not_told_who_the_staff_is(world: World) -> None:
    describe(world)
    person = register_party("person", name=Name(en="Sok Dara"), by=world.manager, on=world.day, is_fictional=True)
    seat_member(world.ngo, person, role="staff", since=date(2007, 3, 1), by=world.manager, on=world.day)
    made = document(world, "consultant", eyes=PUBLIC)
    assert "Sok Dara" not in repr(made)
    assert "named to the office only" in repr(made)


def test_to_the_public_few_people_are_not_counted(world: World) -> None:
    describe(world)
    forum = Thread(world).to("announce_forum").forum
    for sex, count in (("f", 60), ("m", 2)):
        record_attendance(forum, capacity="citizen", sex=sex, count=count, by=world.users["ang"], on=world.day)
    hold_event(forum, papers={"minutes": world.paper()}, by=world.users["ang"], on=world.day)
    for_public, for_office = numbers(document(world, eyes=PUBLIC)), numbers(document(world))
    assert for_office["participation.women"] == "96.77 %"
    assert for_public["participation.women"] == "<5"


def test_a_form_that_there_is_not_is_refused(world: World) -> None:
    describe(world)
    with refused("document.form"):
        document(world, "adb")


def test_a_number_links_into_the_pack_or_to_the_public_address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    told(world)
    links = {figure.id: figure.link for figure in shown(document(world))}
    assert links["oa.plans?funding=grant"] == "figures/oa.plans--funding=grant.html"
    monkeypatch.setattr(settings, "LAAR_PUBLIC_URL", "https://laar.example.org")
    links = {figure.id: figure.link for figure in shown(document(world))}
    assert links["oa.plans?funding=grant"] == "https://laar.example.org/figures/TEST/oa.plans/?funding=grant"


# ── PDF and Word ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMS)
def test_pdf_and_word_say_every_number_and_every_key(world: World, form: str) -> None:
    made = document(told(world), form)
    pdf, docx = "".join(pages(as_pdf(made))), words(as_docx(made))
    for note in made.notes.notes:
        for said in (note.id, note.value):
            assert said.replace(" ", "") in pdf
            assert said in docx
    for figure in shown(made):
        assert figure.number in docx


def test_a_record_that_changes_changes_both(world: World) -> None:
    describe(world)
    thread = Thread(world).to("liquidate_first")
    before = document(world)
    thread.pay_second()
    after = document(world)
    old, new = (f"with {numbers(made)['oa.support']}" for made in (before, after))
    assert old != new
    for made, there, gone in ((before, old, new), (after, new, old)):
        pdf, docx = "".join(pages(as_pdf(made))), words(as_docx(made))
        assert there.replace(" ", "") in pdf
        assert there in docx
        assert gone.replace(" ", "") not in pdf
        assert gone not in docx


@pytest.mark.parametrize("form", FORMS)
def test_a_demonstration_says_so_on_every_page(world: World, form: str) -> None:
    made = document(told(world), form)
    label = "".join(DEMO_LABEL.en.split())
    found = pages(as_pdf(made))
    assert len(found) >= 2
    assert all(label in page for page in found)
    with ZipFile(BytesIO(as_docx(made))) as file:
        assert DEMO_LABEL.en in file.read("word/footer1.xml").decode()


def test_a_real_programme_does_not_say_that_it_is_a_demonstration(world: World) -> None:
    made = replace(document(told(world)), label="")
    assert "Demonstration" not in "".join(pages(as_pdf(made)))


def test_the_cells_that_the_source_left_blank_are_marked(world: World) -> None:
    made = document(told(world))  # its source left the cost and the donors blank
    assert "".join(pages(as_pdf(made))).count("blankinthesource") == 2
    assert words(as_docx(made)).count("blank in the source") == 2


def test_a_pdf_is_tagged_and_says_its_title_and_its_language(world: World) -> None:
    made = document(told(world))
    reader = PdfReader(BytesIO(as_pdf(made)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Support", made.author)
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}


def test_the_numbers_of_a_pdf_are_links(world: World) -> None:
    made = document(told(world))
    notes = [note for page in PdfReader(BytesIO(as_pdf(made))).pages for note in page.get("/Annots", [])]
    actions = [note.get_object().get("/A", {}) for note in notes]
    assert {figure.link for figure in shown(made)} == {action["/URI"] for action in actions if "/URI" in action}


def test_word_has_headings_links_and_heads_of_tables_that_repeat(world: World) -> None:
    made = document(told(world))
    docx = word.Document(BytesIO(as_docx(made)))
    titles = {paragraph.text for paragraph in docx.paragraphs if paragraph.style.name.startswith("Heading")}
    assert {made.blocks_heading, made.notes.heading} <= titles
    assert docx.core_properties.title == made.title
    links = {one.target_ref for one in docx.part.rels.values() if one.is_external}
    assert links == {figure.link for figure in shown(made)}
    heads = [
        row for table in docx.tables for row in table.rows if row._tr.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    ]
    assert len(heads) == 2
    assert all(cell.paragraphs for table in docx.tables for row in table.rows for cell in row.cells)


def test_every_style_of_word_names_a_font_and_a_language_for_every_script(world: World) -> None:
    docx = word.Document(BytesIO(as_docx(document(told(world), lang="km"))))
    styles = [
        one for one in docx.styles.element.iter(qn("w:style")) if one.get(qn("w:type")) in ("paragraph", "character")
    ]
    assert len(styles) > 30
    for style in [*styles, *docx.styles.element.iter(qn("w:rPrDefault"))]:
        fonts, tongue = (style.find(f"{qn('w:rPr')}/{qn(name)}") for name in ("w:rFonts", "w:lang"))
        assert {key.rpartition("}")[2] for key in fonts.keys()} == {"ascii", "hAnsi", "eastAsia", "cs"}  # noqa: SIM118
        assert tongue.get(qn("w:bidi")) == "km-KH"


@needs_font
@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_document_is_the_same_file(world: World, ending: str) -> None:
    made = document(told(world), lang="km")
    assert MADE[ending](made) == MADE[ending](made)


# ── Khmer ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@needs_font
def test_a_khmer_pdf_brings_its_font(world: World) -> None:
    reader = PdfReader(BytesIO(as_pdf(document(told(world), lang="km"))))
    names, held = set(), 0
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            names.add(inner.get_object()["/BaseFont"].rpartition("+")[2].partition("-")[0])
            held += "/FontFile2" in inner.get_object()["/FontDescriptor"]
    assert "NotoSansKhmer" in names
    assert held


def test_khmer_numbers_are_written_in_khmer(world: World) -> None:
    made = document(told(world), lang="km")
    assert not any(re.search(r"[0-9]", figure.number + figure.note) for figure in shown(made))
    assert "៣០ មិថុនា ២០១០" in repr(made.tables)
    assert "EUR ៤០០,០០" in words(as_docx(made))


@needs_font
def test_the_folder_that_a_setting_names_comes_first(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packaged = faces._packaged()
    assert packaged is not None
    (file,) = packaged.glob("*.ttf")
    (tmp_path / "own.ttf").write_bytes(file.read_bytes())
    monkeypatch.setattr(settings, "LAAR_FONTS", str(tmp_path))
    assert faces.typeface().khmer == "Noto Sans Khmer"
    assert "Noto Sans Khmer" in faces.typeface().fonts.families()


def test_without_a_khmer_font_khmer_is_refused_and_english_leaves_it_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "_packaged", lambda: None)
    monkeypatch.setattr(faces, "KHMER", ())
    with refused("document.no_khmer_font"):
        as_pdf(document(told(world), lang="km"))
    made = document(world)
    assert "គោលបំណង" in repr(made)
    text = "".join(pages(as_pdf(made)))
    assert "EUR400.00" in text
    assert not re.search(r"[\u1780-\u17ff]", text)
    assert "គោលបំណង" in words(as_docx(made))


@needs_font
def test_the_documents_of_a_pack_link_beside_themselves(world: World) -> None:
    told(world)
    made = documents_of(sheet(world), "en", reader_as("manager", world.programme), TODAY)
    assert set(made) == {
        f"TEST-{form}-sheet-en.{ending}" for form in ("reference", "consultant") for ending in ("pdf", "docx")
    }
    assert b"../figures/oa.support.html" in made["TEST-reference-sheet-en.pdf"]


def test_a_figure_without_an_address_is_printed_without_a_link(world: World) -> None:
    def nowhere(_: Figure) -> None:
        return None

    made = document(told(world), link=nowhere)
    assert not [one for one in word.Document(BytesIO(as_docx(made))).part.rels.values() if one.is_external]
    assert "EUR400.00" in "".join(pages(as_pdf(made)))


# ── signs that no font has ──────────────────────────────────────────────────────────────────────────────────────────


@needs_font
@pytest.mark.parametrize("lang", ["en", "km"])
def test_a_sign_that_no_font_has_is_printed_as_a_box_and_the_rest_stays_as_it_is(world: World, lang: str) -> None:
    strange = "A well 😀 a1️⃣ 井 ទឹកស្អាត ½ 👩\u200d👧 ไทย done"
    made = replace(document(told(world), lang=lang), kind=strange)
    pages = PdfReader(BytesIO(as_pdf(made))).pages
    text = "".join(page.extract_text() for page in pages)
    assert "A well □ a1 □ " in text
    assert "□□ □□□ done" in text
    assert text.count("□") == len("😀井👩👧ไทย"), "and nothing else"
    said = word.Document(BytesIO(as_docx(made)))
    assert strange in said.paragraphs[0].text, "Word looks for a font by itself, and keeps every sign"


def test_what_typst_refuses_for_another_reason_is_no_missing_sign(world: World) -> None:
    assert missing_signs(["Plain, and ខ្មែរ"], faces.typeface()) == {}
