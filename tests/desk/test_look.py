"""The look: light enough for a slow line, readable for everybody, in Khmer as in English, and in a programme's own words."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from django.test import Client
from fontTools.ttLib import TTFont

import laar
from laar import settings as declared
from laar.cli.home import compile_texts
from laar.desk import assets
from laar.kit.refusals import Refusal
from tests.desk.clients import client_of
from tests.desk.matrix.readers import invite_all
from tests.homes import Home
from tests.reports.test_documents import words
from tests.world import World

ROOT = Path(laar.__file__).parent
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))

# ── weight ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_style_of_all_pages_together_is_light() -> None:
    assert len(gzip.compress(assets.STYLE.read_bytes(), 6)) <= 12 * 1024


def test_the_khmer_font_is_light() -> None:
    assert 10_000 < assets.LETTERS.stat().st_size <= 35 * 1024


def test_every_subject_of_the_style_is_built_in_and_named_in_the_order() -> None:
    assert {path.stem for path in assets.SOURCES.glob("*.css")} == set(assets.SUBJECTS)


def test_what_is_built_is_made_anew_only_when_a_source_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BUILT", "STYLE", "LETTERS"):
        monkeypatch.setattr(assets, name, tmp_path / getattr(assets, name).name)
    assets.build()
    first = [path.stat().st_mtime_ns for path in (assets.STYLE, assets.LETTERS)]
    assets.build()
    assert [path.stat().st_mtime_ns for path in (assets.STYLE, assets.LETTERS)] == first
    assets.STYLE.write_text("old")
    source = assets.SOURCES / "tokens.css"
    monkeypatch.setattr(assets, "_is_older", lambda target, sources: target == assets.STYLE and source in sources)
    assets.build()
    assert "--lotus" in assets.STYLE.read_text()


# ── letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(BytesIO(assets.LETTERS.read_bytes()))


def test_the_font_has_every_letter_and_sign_of_khmer(font: TTFont) -> None:
    unassigned = {0x17DE, 0x17DF, *range(0x17EA, 0x17F0), *range(0x17FA, 0x1800)}
    wanted = {*range(0x1780, 0x1800), *range(0x19E0, 0x1A00), 0x200B, 0x200C, 0x200D, 0x25CC} - unassigned
    assert wanted <= set(font.getBestCmap())


def test_the_font_keeps_what_shapes_khmer_and_its_real_weights(font: TTFont) -> None:
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"pref", "blwf", "abvf", "pstf"} <= features
    assert {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord} >= {"mark", "abvm", "blwm"}
    weights = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes}
    assert weights == {"wght": assets.WEIGHTS}


def test_the_font_keeps_its_licence(font: TTFont) -> None:
    assert "Open Font License" in font["name"].getDebugName(13)


# ── colours ─────────────────────────────────────────────────────────────────────────────────────────────────────────

GROUNDS = ("paper", "leaf", "lotus-wash", "rice-wash", "brick-wash", "water-wash")
#: Letters on grounds, as the style uses them.
TEXT = [
    *product(("ink",), GROUNDS),
    *product(("soft",), ("paper", "leaf", "lotus-wash")),
    *product(("lotus",), ("paper", "leaf", "lotus-wash")),
    *product(("brick", "rice"), ("paper", "leaf")),
    ("on-lotus", "lotus"),
]
#: Edges of what can be touched, and signs that say something.
EDGES = [
    *product(("edge", "lotus", "water", "ink"), ("paper", "leaf")),
    ("rice", "rice-wash"), ("brick", "brick-wash"), ("water", "water-wash"), ("lotus", "lotus-wash"), ("edge", "brick-wash"),
]  # fmt: skip


def tokens() -> dict[str, dict[str, str]]:
    """The colours by name, in light and in dark."""
    text = (assets.SOURCES / "tokens.css").read_text()
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    found = {}
    for scheme, part in (("light", light), ("dark", dark)):
        found[scheme] = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
    return found


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_and_edges_can_be_told_from_their_ground(scheme: str) -> None:
    colours = tokens()[scheme]
    weak = {
        pair: contrast(*(colours[name] for name in pair)) for pair in TEXT if contrast(*map(colours.get, pair)) < 4.5
    }
    weak |= {pair: contrast(*map(colours.get, pair)) for pair in EDGES if contrast(*map(colours.get, pair)) < 3}
    assert weak == {}


def test_dark_says_every_colour_that_light_says() -> None:
    assert set(tokens()["dark"]) == set(tokens()["light"])


def test_a_colour_is_written_in_the_tokens_only() -> None:
    paper = {"#f7f3e4"}  # behind a scanned paper, in light and dark alike
    for subject in set(assets.SUBJECTS) - {"tokens", "print"}:
        text = assets.COMMENT.sub("", (assets.SOURCES / f"{subject}.css").read_text())
        assert set(re.findall(r"#[0-9a-f]{3,8}\b", text)) <= paper, subject


# ── templates ───────────────────────────────────────────────────────────────────────────────────────────────────────

INLINE = re.compile(r"\sstyle\s*=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=", re.IGNORECASE)


def test_no_template_holds_a_style_or_a_script_of_its_own() -> None:
    assert len(TEMPLATES) > 30
    assert [str(path) for path in TEMPLATES if INLINE.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("planted", ['<p style="--v:1">', "<script>x()</script>", '<a onclick="x()">', "<style>"])
def test_a_style_or_a_script_in_a_template_is_found(planted: str) -> None:
    assert INLINE.search(f"<div>{planted}</div>")


@pytest.mark.parametrize("prefix", ["", "/km"])
def test_the_page_of_all_parts_includes_every_part_that_screens_share(db: None, prefix: str) -> None:
    text = Client().get(f"{prefix}/look/").content.decode()
    for mark in ("crumb", "tabs", "filter", "recs", "pager", "tasks", "fld", "say no", "done-page", "path", "knots",
                 "drawer", "bullets", "bar", "steps", "slopes", "tiles", "map"):  # fmt: skip
        assert re.search(rf'class="[^"]*\b{mark}\b', text), mark


# ── the frame ───────────────────────────────────────────────────────────────────────────────────────────────────────


def bar(text: str) -> list[str]:
    """What stands in the bar of a phone."""
    return re.findall(r'<li class="near[^"]*"><a href="([^"]+)"', text)


def test_the_rail_offers_what_its_reader_may_open(world: World) -> None:
    invite_all(world)
    rail = {name: client_of(name).get("/look/").content.decode() for name in ("finance", "clerk", "nobody", "")}
    assert 'href="/books/"' in rail["finance"]
    assert 'href="/books/"' not in rail["clerk"]
    assert 'class="rail"' in rail["nobody"]
    assert 'class="rail"' not in rail[""]
    assert "Sign in" in rail[""]


def test_every_way_in_of_the_rail_leads_to_a_page(world: World) -> None:
    client = client_of("manager")
    text = client.get("/look/").content.decode()
    rail = text[text.index('class="rail"') : text.index("<main")]
    for address in re.findall(r'href="(/[^"#]*)"', rail):
        if not address.startswith("/static/"):
            assert client.get(address).status_code == 200, address


def test_the_bar_of_a_phone_holds_at_most_four_and_one_of_them_is_more(world: World) -> None:
    near = bar(client_of("manager").get("/look/").content.decode())
    assert 2 <= len(near) <= 4
    assert near[-1] == "/more/"
    assert "/today/" in near


def test_the_page_on_which_one_is_is_marked_in_the_rail(world: World) -> None:
    text = client_of("manager").get("/km/books/").content.decode()
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', text) == ["/km/books/"]


# ── preferences ─────────────────────────────────────────────────────────────────────────────────────────────────────


def prefers(client: Client, language: str, digits: str) -> str:
    """Send the form; returns where it leads."""
    response = client.post("/preferences/", {"language": language, "digits": digits})
    assert response.status_code == 302
    return str(response["Location"])


def test_khmer_pages_are_written_in_the_digits_that_were_chosen(db: None) -> None:
    client = Client()
    assert "៩៨\u202f៧៦៥,០០" in client.get("/km/look/").content.decode()
    prefers(client, "km", "arabic")
    chosen = client.get("/km/look/").content.decode()
    assert "98,765.00" in chosen
    assert "14 មករា 2010" in chosen
    prefers(client, "km", "khmer")
    assert "១៤ មករា ២០១០" in client.get("/km/look/").content.decode()
    assert "98,765.00" in client.get("/look/").content.decode()


def test_documents_keep_the_digits_of_their_language(demo: Home) -> None:
    read = (
        "from django.test import Client\n"
        "client = Client()\n"
        "client.cookies['laar_digits'] = 'arabic'\n"
        "print(client.get('{path}').content.hex())"
    )
    document = words(bytes.fromhex(demo.python(read.format(path="/km/sheet.docx"))))
    page = bytes.fromhex(demo.python(read.format(path="/km/sheet/"))).decode()
    total = f"{float(demo.sheet()['figures']['oa.support']['value']):,.2f}"
    assert total in page
    assert total not in document


def test_who_prefers_khmer_begins_in_khmer_and_may_still_read_english(world: World) -> None:
    client = client_of("manager")
    assert prefers(client, "km", "khmer").startswith("/km/preferences/")
    assert client.get("/")["Location"] == "/km/today/"
    assert '<html lang="en">' in client.get("/look/").content.decode()


def test_a_preference_that_is_none_is_asked_again(db: None) -> None:
    response = Client().post("/preferences/", {"language": "fr", "digits": "arabic"})
    assert response.status_code == 422
    text = response.content.decode()
    assert 'role="alert"' in text
    assert "laar_digits" not in response.cookies
    for target in re.findall(r'<li><a href="#([^"]+)"', text):
        assert f'id="{target}"' in text


# ── a programme's own words ─────────────────────────────────────────────────────────────────────────────────────────

OWN = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Books"\nmsgstr "{word}"\n'


def own_words(home: Path, language: str, text: str) -> Path:
    file = home / "locale" / language / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_an_installation_calls_things_by_its_own_words(tmp_path: Path) -> None:
    home = Home(tmp_path / "own")
    own_words(home.folder, "en", OWN.format(word="Accounts of the programme"))
    own_words(home.folder, "km", OWN.format(word="សៀវភៅរបស់យើង"))
    makes_ready = "from laar.cli.home import compile_texts; compile_texts()"
    serves = (
        "from django.utils.translation import gettext, override\n"
        "for one in ('en', 'km'):\n"
        "    with override(one): print(gettext('Books'), '|', gettext('Account'))"
    )
    environment = {**home.environment, "DJANGO_SETTINGS_MODULE": "laar.settings", "PYTHONIOENCODING": "utf-8"}
    for code in (makes_ready, serves):  # as `laar serve` does: the server is a process of its own
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        printed = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    assert printed.decode().splitlines() == ["Accounts of the programme | Account", "សៀវភៅរបស់យើង | គណនី"]


def test_the_words_of_the_installation_come_first() -> None:
    assert declared.LOCALE_PATHS[0] == declared.LAAR_HOME / "locale"


def test_words_that_were_taken_away_are_said_no_more(tmp_path: Path, settings) -> None:
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    file = own_words(tmp_path, "km", OWN.format(word="x"))
    compile_texts()
    assert file.with_suffix(".mo").exists()
    file.unlink()
    compile_texts()
    assert not file.with_suffix(".mo").exists()


def test_words_that_are_no_catalogue_are_refused_with_the_name_of_the_file(tmp_path: Path, settings) -> None:
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    file = own_words(tmp_path, "km", "mssgid “Books”\n")
    with pytest.raises(Refusal, match=re.escape(str(file))):
        compile_texts()
