"""What a trace pack says of a world in which little was done: few people, no sheet; and the addresses of its pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from laar.base.act import act
from laar.events.actions import record_attendance
from laar.reports.factsheet import sheet_of
from laar.reports.tracepack import address_in_pack, public_address
from tests.refused import refused
from tests.reports.facts import describe
from tests.reports.test_tracepack import heading, issue, pack
from tests.thread import Thread
from tests.world import World


def test_few_people_are_not_counted_in_public(world: World, tmp_path: Path) -> None:
    describe(world)
    thread = Thread(world).to("announce_forum")
    for sex, count in (("f", 97), ("m", 3)):
        record_attendance(thread.forum, capacity="citizen", sex=sex, count=count, by=world.manager, on=world.day)
    paper = world.paper()
    with act(world.manager, "event.hold", thread.forum, on=world.day) as step:
        step.attach(step.subject, paper, "minutes")
        step.subject.state = "held"
        step.save(step.subject)
    office, public = pack(world, "office", tmp_path), pack(world, "public", tmp_path)
    ratio, women = "figures/participation.women.html", "figures/events.present--sex=f.html"
    assert (heading(office, ratio), heading(public, ratio)) == ("97.00 %", "<5")
    assert (heading(office, women), heading(public, women)) == ("97", "<5")
    assert all("97.00" not in page.text for page in public.pages())
    assert "97" not in [cell.strip() for page in public.pages() for cell in page.text.split("\n")]


def test_a_programme_without_a_sheet_has_nothing_to_trace(world: World, tmp_path: Path) -> None:
    with refused("pack.nothing"):
        issue(world, tmp_path / "a.zip")
    assert list(tmp_path.glob("*.zip")) == []


def test_the_public_address_of_a_figure_is_that_of_its_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    describe(world)
    sheet = sheet_of(world.programme)
    assert sheet
    for figure in sheet.figures.values():
        assert public_address(figure) is None
    monkeypatch.setattr(settings, "LAAR_PUBLIC_URL", "https://laar.example.org")
    for figure in sheet.figures.values():
        page = reverse("figure", args=[world.programme.code, figure.key])
        query = figure.scope.query()
        assert public_address(figure) == f"https://laar.example.org{page}" + (f"?{query}" if query else "")


def test_every_figure_has_an_address_of_its_own_that_any_system_can_write(world: World) -> None:
    describe(world)
    sheet = sheet_of(world.programme)
    assert sheet
    addresses = [address_in_pack(figure) for figure in sheet.figures.values()]
    assert len({address.casefold() for address in addresses}) == len(addresses)
    assert not [address for address in addresses if set(address) & set('?*:"<>|\\%#&')]
