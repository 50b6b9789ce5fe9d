"""The pages of the demonstration: every link leads somewhere, and each says that it is a demonstration."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.homes import Home

DEMO_LABEL = {"en": "Demonstration: synthetic rows", "km": "ការបង្ហាញ៖ ទិន្នន័យសំយោគ"}


class Links(HTMLParser):
    """What a page links to and loads, and whether anything in it stands inline."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.links.append(said["href"] or "")
        if tag in ("img", "script") and said.get("src"):
            self.loaded.append(said["src"] or "")
        if tag == "link":
            self.loaded.append(said.get("href") or "")
        if "style" in said or tag in ("style", "script") or any(name.startswith("on") for name in said):
            self.inline.append(f"{tag} {attrs}")


def crawled(demo: Home, start: str, most: int) -> dict[str, str]:
    """Pages reached from one, by address, breadth first; what is no page but a file must answer, too."""
    files: set[str] = set()
    found: dict[str, str] = {}
    edge = [start]
    while edge and len(found) < most:
        path = edge.pop(0)
        if path in found or path in files or path.startswith("#") or "/evidence/" in path:
            continue
        response = demo.get(path)
        if response.status_code == 302:  # another page of the same thing
            files.add(path)
            edge.append(response["Location"])
            continue
        assert response.status_code == 200, path
        if not response["Content-Type"].startswith("text/html"):
            files.add(path)
            continue
        found[path] = response.content.decode()
        edge += [link for link in Links(found[path]).links if link.startswith("/")]
    return found


LONG = pytest.mark.long


#: The way into every page, in both languages, is in the long run.
@pytest.mark.parametrize(
    ("start", "most"),
    [
        ("/sheet/", 25),
        ("/km/sheet/", 10),
        *(pytest.param(start, 60, marks=LONG) for start in ("/sheet/", "/km/sheet/")),
    ],
)
def test_pages_say_that_they_show_a_demonstration_and_hold_nothing_foreign(demo: Home, start: str, most: int) -> None:
    for path, text in crawled(demo, start, most).items():
        assert DEMO_LABEL["km" if path.startswith("/km/") else "en"] in text, path
        assert Links(text).inline == [], path
        assert [link for link in Links(text).loaded + Links(text).links if "//" in link] == [], path


@pytest.mark.long
def test_every_page_that_can_be_reached_answers(demo: Home) -> None:
    found = crawled(demo, "/sheet/", 1200) | crawled(demo, "/km/sheet/", 1200)
    assert len(found) > 500
    assert all(DEMO_LABEL["km" if path.startswith("/km/") else "en"] in text for path, text in found.items())


def test_the_sheet_shows_every_number_of_the_sheet_for_machines_as_a_link(demo: Home) -> None:
    text = demo.get("/sheet/").content.decode()
    shown = set(re.findall(r'data-figure="([^"]+)"', text))
    assert shown == set(demo.sheet()["figures"])


def test_no_number_stands_in_the_results_of_the_sheet_without_its_figure(demo: Home) -> None:
    text = demo.get("/sheet/").content.decode()
    results = text[text.index("Training and coaching") :]
    without = re.sub(r"<a class=\"f\".*?</a>", "", results, flags=re.DOTALL)
    paragraphs = re.findall(r"<li>(.*?)</li>", without, flags=re.DOTALL)
    assert paragraphs
    assert [text for text in paragraphs if re.search(r"\d", text)] == []


def test_the_cells_that_the_source_left_blank_are_marked(demo: Home) -> None:
    text = demo.get("/sheet/").content.decode()
    assert text.count("blank in the source") >= 3


def test_the_policy_of_a_page_lets_nothing_in_from_outside(demo: Home) -> None:
    policy = demo.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_evidence_is_shown_to_the_office_and_to_nobody_else(demo: Home) -> None:
    tranche = demo.get("/records/tranche/1/").content.decode()
    path = next(src for src in Links(tranche).loaded if "/evidence/" in src)
    assert demo.get(path).body.startswith(b"\xff\xd8\xff")
    assert demo.get(path, reader="").status_code == 404


def test_a_figure_is_open_to_anybody_and_its_records_to_whom_they_concern(demo: Home) -> None:
    office, public = (demo.get("/figures/LAAR-DEMO/oa.support/", reader=reader) for reader in ("sokha", ""))
    total = demo.sheet()["figures"]["oa.support"]["value"]
    for page in (office, public):
        assert f"{float(total):,.2f}" in page.content.decode()
    records = set(re.findall(r'href="(/records/tranche/\d+/)"', office.content.decode()))
    assert records
    for record in records:
        public = demo.get(record, reader="").content.decode()  # a demonstration: what is public of it, without a paper
        assert "/evidence/" not in public
        assert "(fictional)" not in public


def test_a_refusal_is_a_page_with_its_sentence(demo: Home) -> None:
    response = demo.get("/figures/LAAR-DEMO/oa.nothing/")
    assert response.status_code == 404
    assert "There is no figure called oa.nothing" in response.content.decode()
    assert "គ្មានតួលេខឈ្មោះ" in demo.get("/km/figures/LAAR-DEMO/oa.nothing/").content.decode()


@pytest.mark.parametrize(
    "path",
    ["/records/tranche/999999/", "/records/nothing/1/", "/records/seal/1/", "/nowhere/", "/figures/OTHER/oa.plans/"],
)
def test_what_is_not_there_is_not_found(demo: Home, path: str) -> None:
    assert demo.get(path).status_code == 404
