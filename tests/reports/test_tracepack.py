"""The trace pack, unpacked in a folder and followed by its links, as somebody does who has no LAAR."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laar.base import store
from laar.base.access import visible
from laar.base.act import act
from laar.base.actions import grant_role, keep_evidence, redact_evidence
from laar.base.models import Evidence, Seal, TrailLine, User
from laar.base.readers import PUBLIC, reader_as
from laar.events.actions import announce_event, hold_event, raise_request, record_attendance
from laar.kit.names import Name
from laar.registers.actions import register_party
from laar.registers.models import Party
from laar.reports.actions import issue_pack
from laar.reports.factsheet import sheet_of
from laar.reports.models import Pack
from laar.reports.rules import DEMO_LABEL
from laar.reports.tracepack import Made, address_in_pack, made_pack
from tests.refused import refused_without_trace
from tests.reports.facts import describe
from tests.shared import Shared
from tests.thread import Thread
from tests.world import PNG, World

ORIGINAL, COPY = PNG + b"thumbprints and 012 345 678", PNG + b"black bars"


class Page(HTMLParser):
    """A page: where its links lead, what it loads, and its text."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.text = ""
        self.raw = file.read_text(encoding="utf-8")
        self.feed(self.raw)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.links += [target for name in ("href", "src") if (target := said.get(name))]
        if one := said.get("id"):
            self.ids.add(one)

    def handle_data(self, data: str) -> None:
        self.text += data

    def to(self, part: str) -> Page:
        """The page behind the first link that has this in its address."""
        return Page((self.file.parent / next(link for link in self.links if part in link).split("#")[0]).resolve())


@dataclass
class Unpacked:
    """A pack in a folder."""

    folder: Path
    content: bytes

    def pages(self) -> list[Page]:
        return [Page(file) for file in sorted(self.folder.rglob("*.html"))]

    @property
    def index(self) -> Page:
        return Page(self.folder / "index.html")

    @property
    def manifest(self) -> dict:
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    def files(self) -> dict[str, bytes]:
        return {file.stem: file.read_bytes() for file in self.folder.glob("evidence/*")}


#: Gives the pack of a level, in a language.
Packs = Callable[..., Unpacked]


@pytest.fixture(scope="module")
def once(shared: Shared) -> Thread:
    """A whole thread with a sheet to its name, somebody present by name, and a paper that shows persons."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LAAR_HOME", shared.home)
        return whole_thread(shared.world)


@pytest.fixture
def told(once: Thread, world: World) -> Thread:
    """The thread, told once for the module; what a test does to it is gone afterwards."""
    thread = copy(once)
    thread.world = world
    return thread


@pytest.fixture(scope="module")
def packs(once: Thread, shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Packs:
    """The packs of that thread, each made once and unpacked, to be read."""

    @cache
    def made(level: str, lang: str = "en") -> Unpacked:
        buffer = BytesIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "LAAR_HOME", shared.home)
            made_pack(once.world.programme, Made(level, lang, once.world.day), buffer)
        return unpacked(buffer, tmp_path_factory.mktemp(f"{level}-{lang}"))

    return made


def whole_thread(world: World) -> Thread:
    """From the first word to the answer, with everything that only some may see."""
    describe(world)
    facts = {"by": world.manager, "on": world.day}
    thread = Thread(world).before("hold_forum")
    for name, km in (("Sok Chan", "សុខ ចាន់"), ("Keo Dara", "កែវ តារា")):
        person = register_party(
            "person", name=Name(en=name, km=km), place=world.ang, sex="f", is_fictional=True, **facts
        )
        record_attendance(thread.forum, person=person, capacity="citizen", **facts)
    raise_request(thread.hold_forum(), text=Name(en="Whispered"), is_sensitive=True, **facts)
    thread.done.append("hold_forum")
    thread.to("report_back")
    sheet = keep_evidence(
        world.programme, ORIGINAL, caption=Name(en="Attendance sheet"), dated=world.day, is_personal=True, **facts
    )
    with act(world.manager, "event.hold", thread.forum, on=world.day) as step:
        step.attach(step.subject, sheet, "signed_sheet")
    redact_evidence(sheet, COPY, **facts)
    return thread


def pack(world: World, level: str, tmp_path: Path, lang: str = "en", **more: object) -> Unpacked:
    """Issue a pack and unpack it."""
    to = tmp_path / f"{level}-{lang}.zip"
    facts = {"reason": "For the audit", "by": world.manager, "on": world.day, **more}
    issue_pack(world.programme, level=level, lang=lang, to=to, **facts)  # type: ignore[arg-type]
    return unpacked(BytesIO(to.read_bytes()), tmp_path / f"{level}-{lang}")


def unpacked(content: BytesIO, folder: Path) -> Unpacked:
    with ZipFile(content) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return Unpacked(folder, content.getvalue())


@pytest.mark.parametrize(
    ("level", "lang"),
    [
        ("office", "en"),
        ("donor", "en"),
        ("public", "en"),
        ("public", "km"),
        pytest.param("office", "km", marks=pytest.mark.long),
        pytest.param("donor", "km", marks=pytest.mark.long),
    ],
)
def test_every_link_stays_in_the_pack_and_leads_somewhere(
    told: Thread, world: World, packs: Packs, level: str, lang: str
) -> None:
    made = packs(level, lang)
    ids = {page.file: page.ids for page in made.pages()}
    for page in made.pages():
        for link in page.links:
            target, _, anchor = link.partition("#")
            file = (page.file.parent / target).resolve()
            assert file.is_relative_to(made.folder.resolve()), (page.file, link)
            assert file.is_file(), (page.file, link)
            assert not anchor or anchor in ids[file], (page.file, link)


@pytest.mark.parametrize("level", ["office", "donor"])
def test_a_number_is_followed_to_its_voucher_and_the_paper_that_proves_it(
    told: Thread, world: World, packs: Packs, level: str
) -> None:
    made = packs(level)
    figure = made.index.to("figures/oa.support.html").to("figures/oa.paid.html")
    tranche = figure.to(f"tranche-{told.first.pk}.html")
    entry = tranche.to(f"entry-{told.first.entry_id}.html")
    assert "400.00" in entry.text  # debit and credit
    voucher = tranche.to(f"voucher-{told.voucher.pk}.html")
    file = next(link for link in voucher.links if "evidence/" in link)
    found = (voucher.file.parent / file).resolve()
    assert sha256(found.read_bytes()).hexdigest() == found.stem
    for page in (figure, tranche, entry, voucher):
        assert page.to("index.html").file.name == "index.html"
    assert "oa.paid" in tranche.to("figures/oa.paid.html").text  # and back


def test_the_way_leads_back_to_what_was_asked(told: Thread, world: World, packs: Packs) -> None:
    made = packs("donor")
    voucher = Page(made.folder / f"records/voucher-{told.voucher.pk}.html")
    request = voucher.to(f"request-{told.request.pk}.html")
    assert told.request.code in request.text
    forum = request.to(f"event-{told.forum.pk}.html")
    assert "Forum 1" in forum.text


def test_every_figure_of_the_sheet_has_its_page_with_key_rule_and_number(
    told: Thread, world: World, packs: Packs
) -> None:
    made = packs("office")
    sheet = sheet_of(world.programme)
    assert sheet
    for figure in sheet.figures.values():
        page = Page(made.folder / address_in_pack(figure))
        assert figure.id in page.text
        assert figure.rule.en in page.text
        for part in figure.parts:
            assert (made.folder / address_in_pack(part)).is_file()
        assert (made.folder / address_in_pack(figure)).as_uri().endswith(".html")


@pytest.mark.parametrize("level", ["office", "donor", "public"])
@pytest.mark.parametrize("lang", ["en", "km"])
def test_every_page_of_a_demonstration_says_so(told: Thread, world: World, packs: Packs, level: str, lang: str) -> None:
    made = packs(level, lang)
    assert all(DEMO_LABEL.say(lang) in page.text for page in made.pages())
    assert made.manifest["label"]["en"] == DEMO_LABEL.en


def test_a_programme_that_is_none_says_nothing_of_a_demonstration(told: Thread, world: World, tmp_path: Path) -> None:
    real = copy(world.programme)
    real.is_demo = False
    buffer = BytesIO()
    made_pack(real, Made("public", "en", world.day), buffer)
    with ZipFile(buffer) as archive:
        assert "label" not in json.loads(archive.read("manifest.json"))
        assert DEMO_LABEL.en not in archive.read("index.html").decode()


# ── what each reader gets ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_office_gets_the_original_once(told: Thread, world: World, packs: Packs) -> None:
    made = packs("office")
    assert list(made.files().values()).count(ORIGINAL) == 1
    assert "Sok Chan (fictional)" in "".join(page.text for page in made.pages())


def test_the_donor_gets_the_redacted_copy_and_nobody_who_came(told: Thread, world: World, packs: Packs) -> None:
    made = packs("donor")
    files = made.files()
    assert COPY in files.values()
    assert ORIGINAL not in files.values()
    personal = set(Evidence.objects.filter(is_personal=True).values_list("sha256", flat=True))
    assert not personal & set(files)
    text = "".join(page.raw for page in made.pages())
    assert "Sok Chan" not in text
    assert "Whispered" not in text
    assert told.voucher.payee in text


def test_the_public_gets_no_paper_and_no_name_of_any_person(told: Thread, world: World, packs: Packs) -> None:
    for lang in ("en", "km"):
        made = packs("public", lang)
        assert made.files() == {}
        text = "".join(page.raw for page in made.pages()) + json.dumps(made.manifest, ensure_ascii=False)
        names = [name for party in Party.objects.filter(kind="person") for name in (party.name_en, party.name_km)]
        names += [user.name_en for user in User.objects.all() if len(user.name_en) > 3]
        names += [told.voucher.payee, "Whispered"]
        assert len(names) > 5
        assert [name for name in names if name and name in text] == []


def test_the_public_is_told_that_a_paper_is_there_and_its_digest(told: Thread, world: World, packs: Packs) -> None:
    made = packs("public")
    voucher = Page(made.folder / f"records/voucher-{told.voucher.pk}.html")
    assert "closed to you; the office can open it" in voucher.text
    digests = [piece.sha256[:16] for piece in Evidence.objects.all()]
    assert any(digest in voucher.text for digest in digests)


def test_a_pack_holds_only_what_its_reader_may_see(told: Thread, world: World, packs: Packs) -> None:
    for level, reader in {"public": PUBLIC, "donor": reader_as("donor", world.programme)}.items():
        pages = list(packs(level).folder.glob("records/*.html"))
        assert len(pages) > 20
        for page in pages:
            kind, _, key = page.stem.partition("-")
            model = next(model for model in apps.get_models() if model._meta.model_name == kind)
            assert visible(reader, model._default_manager.filter(pk=key)).exists(), (level, page.stem)


def test_the_public_sees_where_people_were_present_and_not_how_many_each_time(
    told: Thread, world: World, packs: Packs
) -> None:
    made = packs("public")
    page = Page(made.folder / "figures/events.present.html")
    forums = [link for link in page.links if f"event-{told.forum.pk}.html" in link]
    assert len(forums) == 1  # two by name and two counts were present there
    assert "closed to you" not in page.text


def heading(made: Unpacked, page: str) -> str:
    found = re.search(r'<h1 class="fig">(.*?)</h1>', (made.folder / page).read_text(encoding="utf-8"))
    assert found
    return unescape(found[1])


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_manifest_names_every_file_with_its_digest_and_the_head_of_the_trail(
    told: Thread, world: World, tmp_path: Path
) -> None:
    last = Seal.objects.order_by("-number").first()
    made = pack(world, "office", tmp_path, documents={"sheet.pdf": b"%PDF-1.7"})
    manifest = made.manifest
    found = {
        file.relative_to(made.folder).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in made.folder.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    assert manifest["sha256"] == found
    assert (manifest["made_for"], manifest["languages"]) == ("office", ["en"])
    assert manifest["made_on"] == world.day.isoformat()
    assert manifest["programme"]["code"] == "TEST"
    assert manifest["trail"] == {"seal": last.number if last else 0, "digest": last.digest if last else ""}
    assert "documents/sheet.pdf" in made.index.links


def test_the_same_records_make_the_same_file(told: Thread, world: World) -> None:
    made = []
    for _ in range(2):
        buffer = BytesIO()
        made_pack(world.programme, Made("donor", "km", world.day), buffer)
        made.append(buffer.getvalue())
    assert made[0] == made[1]
    with ZipFile(BytesIO(made[0])) as archive:
        assert {member.date_time[:3] for member in archive.infolist()} == {(2008, 3, 10)}


def test_a_paper_whose_file_is_gone_or_changed_is_left_out_and_said(told: Thread, world: World, tmp_path: Path) -> None:
    before = pack(world, "office", tmp_path).index.to("oa.support").to("oa.paid").to("tranche").to("voucher")
    digest = next(link for link in before.links if "evidence/" in link)
    file = store.path_of(Path(digest).stem)
    paper = file.read_bytes()
    file.write_bytes(b"another one")
    made = pack(world, "donor", tmp_path)
    file.write_bytes(paper)  # the store is shared by the module
    page = made.index.to("oa.support").to("oa.paid").to("tranche").to("voucher")
    assert "The file is not in the store." in page.text
    assert Path(digest).stem not in made.files()


def test_making_a_pack_is_recorded_with_reader_reason_and_digest(told: Thread, world: World, tmp_path: Path) -> None:
    made = pack(world, "office", tmp_path, reason="  The auditor asked ")
    issued = Pack.objects.get()
    assert (issued.level, issued.lang, issued.reason) == ("office", "en", "The auditor asked")
    assert (issued.sha256, issued.size) == (sha256(made.content).hexdigest(), len(made.content))
    assert TrailLine.objects.filter(verb="pack.issue", key=issued.pk, by=world.manager).exists()


# ── who makes it, and what is refused ───────────────────────────────────────────────────────────────────────────────


def issue(world: World, to: Path, **more: object) -> Pack:
    facts = {"level": "public", "lang": "en", "reason": "", "by": world.manager, "on": world.day, **more}
    return issue_pack(world.programme, to=to, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_pack_of_originals_without_a_reason_is_refused(
    told: Thread, world: World, tmp_path: Path, reason: str
) -> None:
    with refused_without_trace("pack.no_reason"):
        issue(world, tmp_path / "a.zip", level="office", reason=reason)
    assert list(tmp_path.glob("*.zip")) == []


@pytest.mark.parametrize("who", ["finance", "ang", "admin", "nobody", "stranger"])
def test_who_may_not_make_a_pack_gets_none(told: Thread, world: World, tmp_path: Path, who: str) -> None:
    with refused_without_trace("access.no_role"):
        issue(world, tmp_path / "a.zip", by=world.users[who])
    assert list(tmp_path.iterdir()) == []


def test_monitoring_makes_packs_for_donor_and_public_and_not_for_the_office(
    told: Thread, world: World, tmp_path: Path
) -> None:
    grant_role(
        world.nobody, role="monitoring", programme=world.programme, since=world.day, by=world.admin, on=world.day
    )
    for level in ("donor", "public"):
        issue(world, tmp_path / f"{level}.zip", level=level, by=world.nobody)
    with refused_without_trace("pack.level"):
        issue(world, tmp_path / "office.zip", level="office", reason="I want it", by=world.nobody)


def test_a_file_that_is_there_is_never_overwritten(told: Thread, world: World, tmp_path: Path) -> None:
    there = tmp_path / "a.zip"
    there.write_bytes(b"mine")
    with refused_without_trace("pack.file_there"):
        issue(world, there)
    assert there.read_bytes() == b"mine"


def test_a_folder_that_is_not_there_is_refused(told: Thread, world: World, tmp_path: Path) -> None:
    with refused_without_trace("pack.folder"):
        issue(world, tmp_path / "nowhere" / "a.zip")


def test_a_full_disk_leaves_nothing_behind(
    told: Thread, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("laar.reports.actions.sheet.made_pack", full)
    with refused_without_trace("store.full"):
        issue(world, tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", [{"level": "everybody"}, {"lang": "fr"}])
def test_a_reader_or_a_language_that_there_is_not_is_refused(
    told: Thread, world: World, tmp_path: Path, wrong: dict[str, str]
) -> None:
    with refused_without_trace("value.unknown"):
        issue(world, tmp_path / "a.zip", **wrong)


def test_a_repeated_command_makes_one_pack(told: Thread, world: World, tmp_path: Path) -> None:
    command = uuid4()
    first = issue(world, tmp_path / "a.zip", command=command)
    assert issue(world, tmp_path / "b.zip", command=command) == first
    assert not (tmp_path / "b.zip").exists()


def test_a_day_before_zip_files_had_dates_is_written_all_the_same(told: Thread, world: World) -> None:
    buffer = BytesIO()
    made_pack(world.programme, Made("public", "en", date(1979, 5, 1)), buffer)
    with ZipFile(buffer) as archive:
        assert archive.infolist()[0].date_time[0] == 1980


@pytest.mark.parametrize(
    "level", ["office", *(pytest.param(level, marks=pytest.mark.long) for level in ("donor", "public"))]
)
def test_more_records_cost_no_more_queries(told: Thread, world: World, level: str) -> None:
    facts = {"by": world.manager, "on": world.day}

    def training(people: int) -> None:
        where = {"place": world.ang, "host": world.council, "day": world.day, "title": Name(en="Training")}
        event = announce_event(world.programme, "training", **where, **facts)
        for number in range(people):
            person = register_party("person", name=Name(en=f"Person {number}"), place=world.ang, **facts)
            record_attendance(event, person=person, capacity="citizen", **facts)
        hold_event(event, papers={"signed_sheet": world.paper()}, **facts)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            made_pack(world.programme, Made(level, "en", world.day), BytesIO())
        return len(captured)

    training(6)
    few = queries()
    training(20)
    assert queries() == few
