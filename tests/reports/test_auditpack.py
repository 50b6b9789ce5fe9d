"""An audit pack: the same seed draws the same entries, every paper is in it, and what is missing has a name."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from laar.base.models import TrailLine
from laar.base.store import path_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.sheets import rows_from_xlsx
from laar.ledger.actions import Leg, post_entry
from laar.ledger.queries.sample import Wanted, sample_of
from laar.reports.actions import issue_audit_pack
from laar.reports.models import AuditPack
from tests.refused import refused, refused_without_trace
from tests.thread import Thread
from tests.world import World


def spend(world: World, *amounts: int) -> None:
    for number, euros in enumerate(amounts, start=1):
        amount = Money.of(euros, "EUR")
        legs = [Leg(world.accounts["expense"], world.fund, amount), Leg(world.accounts["bank"], world.fund, -amount)]
        post_entry(world.book, legs, text=Name(en=f"Bill {number}"), by=world.finance, on=world.day)


def issued(world: World, to: Path, *, by: str = "finance", reason: str = "", **wanted: object) -> AuditPack:
    return issue_audit_pack(
        world.book,
        wanted=Wanted(**wanted),
        lang="en",
        to=to,
        reason=reason,
        by=world.users[by],
        on=world.day,  # type: ignore[arg-type]
    )


def test_the_largest_are_drawn_first(world: World) -> None:
    spend(world, 5, 80, 30, 90)
    sample = sample_of(world.book, Wanted(size=2))
    assert [one.amount.figure for one in sample.drawn] == ["90.00", "80.00"]
    assert (sample.of, sample.whole.figure, sample.amount.figure) == (4, "205.00", "170.00")


def test_a_seed_draws_what_anybody_can_recompute(world: World) -> None:
    spend(world, *range(1, 21))
    drawn = [one.entry.number for one in sample_of(world.book, Wanted(size=5, how="drawn", seed="lotus")).drawn]
    assert drawn == sorted(range(1, 21), key=lambda number: sha256(f"lotus/MAIN/{number}".encode()).hexdigest())[:5]
    other = [one.entry.number for one in sample_of(world.book, Wanted(size=5, how="drawn", seed="palm")).drawn]
    assert drawn != other


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(size=0), "sample.size"),
        (Wanted(size=5000), "sample.size"),
        (Wanted(size=5, how="drawn"), "sample.seed_missing"),
        (Wanted(size=5, how="guessed"), "value.unknown"),
        (Wanted(size=5, until=date(2001, 1, 1)), "sample.nothing"),
    ],
)
def test_what_cant_be_drawn_is_refused(world: World, wanted: Wanted, code: str) -> None:
    spend(world, 5)
    with refused(code):
        sample_of(world.book, wanted)


def test_a_pack_holds_every_paper_behind_an_entry_and_names_what_is_missing(world: World, tmp_path: Path) -> None:
    thread = Thread(world).to("accept_voucher")
    file = tmp_path / "pack.zip"
    pack = issued(world, file, size=10)
    with ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        digests = {
            name: sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name != "manifest.json"
        }
        assert manifest["sha256"] == digests
        page = archive.read("entries/LV-2008-0001.html").decode() if "entries/LV-2008-0001.html" in digests else ""
        listed = rows_from_xlsx(archive.read("list.xlsx"), columns=(), file="list.xlsx")
        held = {name for name in digests if name.startswith("evidence/")}
        pages = "".join(archive.read(name).decode() for name in digests if name.startswith("entries/"))
    assert held
    assert thread.voucher.name.en in pages
    assert "no line of a bank statement" not in page
    assert listed
    assert pack.entries == len(manifest["entries"])
    assert pack.sha256 == sha256(file.read_bytes()).hexdigest()
    assert TrailLine.objects.filter(verb="audit_pack.issue", key=pack.pk, by=world.finance).exists()


def test_an_entry_without_any_paper_says_so(world: World, tmp_path: Path) -> None:
    spend(world, 5)
    pack = issued(world, tmp_path / "pack.zip", size=1)
    with ZipFile(tmp_path / "pack.zip") as archive:
        assert "No voucher, receipt or other paper stands behind it." in archive.read("index.html").decode()
    assert pack.missing == 1


def test_a_paper_whose_file_was_changed_is_missing_by_name(world: World, tmp_path: Path) -> None:
    thread = Thread(world).to("accept_voucher")
    assert thread.voucher
    issued(world, tmp_path / "good.zip", size=10)
    with ZipFile(tmp_path / "good.zip") as archive:
        spoiled = next(name for name in archive.namelist() if name.startswith("evidence/")).split("/")[1].split(".")[0]
    path_of(spoiled).chmod(0o600)
    path_of(spoiled).write_bytes(b"other")
    issued(world, tmp_path / "bad.zip", size=10)
    with ZipFile(tmp_path / "bad.zip") as archive:
        assert f"its file is gone or was changed ({spoiled[:16]})" in archive.read("index.html").decode()
        assert not [name for name in archive.namelist() if spoiled in name]


def test_originals_that_show_persons_go_in_only_for_a_reason(world: World, tmp_path: Path) -> None:
    thread = Thread(world).to("accept_voucher")
    assert thread.voucher
    issued(world, tmp_path / "plain.zip", size=10, by="manager")
    issued(world, tmp_path / "reason.zip", size=10, by="manager", reason="External audit of 2008")

    def held(name: str) -> set[str]:
        with ZipFile(tmp_path / name) as archive:
            return {one for one in archive.namelist() if one.startswith("evidence/")}

    assert held("plain.zip") <= held("reason.zip")


def test_a_facilitator_makes_no_audit_pack(world: World, tmp_path: Path) -> None:
    spend(world, 5)
    with refused_without_trace("access.no_role"):
        issued(world, tmp_path / "pack.zip", size=1, by="ang")
    assert not (tmp_path / "pack.zip").exists()
