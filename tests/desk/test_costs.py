"""A page costs the same number of queries, however many records it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laar.events.actions import announce_event, hold_event, record_attendance
from laar.kit.names import Name
from tests.desk.clients import client_of
from tests.homes import Home
from tests.thread import Thread
from tests.world import World


def queries(path: str) -> int:
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as captured:
        assert client_of("manager").get(path).status_code == 200
    return len(captured)


def forum(world: World, number: int) -> None:
    day = world.day - timedelta(days=number)
    event = announce_event(
        world.programme,
        "forum",
        place=world.ang,
        host=world.council,
        day=day,
        title=Name(en=f"Forum {number}", km=f"វេទិកា {number}"),
        by=world.manager,
        on=day,
    )
    record_attendance(event, capacity="citizen", sex="f", count=20, by=world.manager, on=day)
    hold_event(event, papers={"minutes": world.paper()}, by=world.manager, on=day)


@pytest.mark.parametrize(
    "path",
    ["/sheet/", "/figures/TEST/events.forums/", "/figures/TEST/events.present/", "/figures/TEST/participation.women/"],
)
def test_a_page_costs_the_same_with_one_record_and_with_three(world: World, path: str) -> None:
    forum(world, 1)
    queries(path)
    one = queries(path)
    forum(world, 2)
    forum(world, 3)
    assert queries(path) == one


def test_a_place_costs_the_same_with_one_event_and_with_three(world: World) -> None:
    path = f"/records/place/{world.ang.pk}/"
    forum(world, 1)
    one = queries(path)
    forum(world, 2)
    forum(world, 3)
    assert queries(path) == one


def test_the_figure_of_the_money_costs_the_same_with_one_tranche_and_with_two(world: World) -> None:
    path = "/figures/TEST/oa.support/"
    thread = Thread(world).to("liquidate_first")
    one = queries(path)
    thread.to("pay_second")
    assert queries(path) == one


def test_the_sheet_is_light(demo: Home) -> None:
    """Bytes as they are sent, before compression."""
    assert len(demo.get("/km/sheet/").content) < 60_000
