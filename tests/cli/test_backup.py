"""A backup is one file that checks itself; restored into an empty home it is the same house."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from tests.homes import Home


@pytest.fixture(scope="module")
def archive(demo: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("stick") / "laar.zip"
    demo.laar("backup", str(file))
    return file


def test_a_restored_house_is_verified_and_says_the_same(demo: Home, archive: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "new").make()
    assert "Everything is as it was recorded." in home.laar("restore", str(archive))
    assert home.sheet() == demo.sheet()


def test_a_restored_house_goes_on_and_signs_with_a_key_of_its_own(archive: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "new").make()
    home.laar("restore", str(archive))
    home.python(
        "from datetime import date; from laar.kit.names import Name; from laar.base.actions import register_user\n"
        "register_user('new', name=Name(en='New'), by=None, on=date(2020, 1, 1))"
    )
    assert "Everything is as it was recorded." in home.laar("verify")
    assert len(list((home.folder / "keys").glob("*.pub"))) == 2


def test_private_keys_do_not_leave_the_house(archive: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(archive, tmp_path / "look", "zip")
    assert not list((tmp_path / "look").rglob("*.key"))


@pytest.mark.parametrize("where", [0.0, 0.1, 0.35, 0.6, 0.85, 0.97, 0.999])
def test_a_flipped_byte_is_refused(archive: Path, tmp_path: Path, where: float) -> None:
    damaged = _flipped(archive, tmp_path, int(where * archive.stat().st_size))
    home = Home(tmp_path / "new")
    assert "is damaged" in home.laar("restore", str(damaged), fails=True)
    assert not home.folder.exists()


@pytest.mark.long
def test_a_flipped_byte_anywhere_is_refused(archive: Path, tmp_path: Path) -> None:
    random = Random(7)
    size = archive.stat().st_size
    for _ in range(25):
        damaged = _flipped(archive, tmp_path, random.randrange(size))
        assert "is damaged" in Home(tmp_path / "new").laar("restore", str(damaged), fails=True)


def test_a_cut_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    assert "is damaged" in Home(tmp_path / "new").laar("restore", str(cut), fails=True)


def test_a_home_that_is_not_empty_is_left_alone(archive: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "new").make()
    home.folder.mkdir()
    (home.folder / "mine.txt").write_text("mine")
    assert "is not empty" in home.laar("restore", str(archive), fails=True)
    assert [path.name for path in home.folder.iterdir()] == ["mine.txt"]


def test_a_backup_never_overwrites_another(demo: Home, archive: Path) -> None:
    before = archive.read_bytes()
    assert "is there already" in demo.laar("backup", str(archive), fails=True)
    assert archive.read_bytes() == before


def _flipped(archive: Path, folder: Path, place: int) -> Path:
    content = bytearray(archive.read_bytes())
    content[place] ^= 0x10
    damaged = folder / "damaged.zip"
    damaged.write_bytes(content)
    return damaged
