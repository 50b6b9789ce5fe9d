"""`laar pack` on the demonstration: for three readers, in two languages, and what is refused."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from laar.reports.rules import DEMO_LABEL
from tests.homes import Home

#: Every name of a person in the demonstration, in both scripts.
NAMES = """
from laar.registers.models import Party
for person in Party.objects.filter(kind="person"):
    print(person.name_en)
    print(person.name_km)
"""


def texts(file: Path) -> dict[str, str]:
    """Every page of a pack."""
    with ZipFile(file) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".html", ".json"))}


@pytest.mark.parametrize("lang", ["en", pytest.param("km", marks=pytest.mark.long)])
def test_the_public_pack_of_the_demonstration_names_no_person(demo: Home, tmp_path: Path, lang: str) -> None:
    names = [name for name in demo.python(NAMES).splitlines() if name]
    assert len(names) > 20
    file = tmp_path / "public.zip"
    demo.laar("pack", "--for", "public", "--as", "sokha", "--lang", lang, str(file))
    pages = texts(file)
    assert len(pages) > 100
    for path, text in pages.items():
        assert [name for name in names if name in text] == [], path
        assert path == "manifest.json" or DEMO_LABEL.say(lang) in text, path
    with ZipFile(file) as archive:
        assert not [name for name in archive.namelist() if name.startswith("evidence/")]


def test_a_pack_for_the_office_takes_a_reason_and_is_then_in_the_trail(demo: Home, tmp_path: Path) -> None:
    file = tmp_path / "office.zip"
    asked = ("pack", "--for", "office", "--as", "sokha")
    assert "Write why it is made" in demo.laar(*asked, str(file), fails=True)
    assert not file.exists()
    assert "index.html" in demo.laar(*asked, "--reason", "For the audit", str(file))
    assert len([name for name in ZipFile(file).namelist() if name.startswith("evidence/")]) > 10
    assert "already" in demo.laar(*asked, "--reason", "Again", str(file), fails=True)
    demo.laar("verify")


def test_who_may_not_is_told_so(demo: Home, tmp_path: Path) -> None:
    said = demo.laar("pack", "--for", "donor", "--as", "bopha", str(tmp_path / "a.zip"), fails=True)
    assert "takes the role" in said
    assert "no such record" in demo.laar(
        "pack", "--for", "donor", "--as", "nobody", str(tmp_path / "a.zip"), fails=True
    )
