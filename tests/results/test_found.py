"""One search: by word or code, whatever the case and the invisible signs, and only what the reader may see."""

from __future__ import annotations

import pytest

from laar.base.readers import PUBLIC, Eyes, eyes_of, reader_as
from laar.events.actions import raise_request
from laar.kit.names import Name
from laar.results.found import LEAST, MOST, found, is_too_short
from tests.thread import Thread
from tests.world import World


def names(world: World, eyes: Eyes, query: str) -> dict[str, list[str]]:
    return {one.name.en: [str(record) for record in one.records] for one in found(world.programme, eyes, query)}


@pytest.mark.parametrize("query", ["clean water", "CLEAN  Water", "ទឹកស្អាត", "ទឹក\u200bស្អាត", " ស្អាត\u200bសម្រាប់ "])
def test_a_request_is_found_in_both_languages_whatever_the_case_and_the_invisible_signs(
    world: World, query: str
) -> None:
    thread = Thread(world).to("raise_request")
    assert names(world, eyes_of(world.manager), query)["Requests"] == [str(thread.request)]


def test_a_sign_that_is_invisible_in_the_record_is_no_obstacle(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    text = Name(en="", km="ស្ពាន\u200bឈើ\u200bចាស់")
    request = raise_request(thread.forum, text=text, by=world.users["ang"], on=world.day)
    assert names(world, eyes_of(world.manager), "ស្ពានឈើចាស់")["Requests"] == [str(request)]


def test_things_are_found_by_their_code(world: World) -> None:
    thread = Thread(world).to("propose")
    eyes = eyes_of(world.manager)
    assert names(world, eyes, thread.request.code.lower())["Requests"] == [str(thread.request)]
    assert names(world, eyes, "oa-1")["Projects"] == [str(thread.project)]
    assert names(world, eyes, "210101")["Places"] == ["21010101 Village One", "210101 Angkor Borei"]


def test_each_finds_what_is_theirs_to_see(world: World) -> None:
    thread = Thread(world).to("propose")
    manager, ba = eyes_of(world.manager), eyes_of(world.users["ba"])
    assert set(names(world, manager, "outreach")) == {"Projects", "Plans"}
    assert names(world, ba, "outreach") == {}
    assert names(world, Eyes(), "outreach") == {}
    assert found(world.other, eyes_of(world.users["stranger"]), thread.request.code) == ()
    assert "People and groups" in names(world, manager, "witness")
    assert names(world, reader_as("donor", world.programme), "witness") == names(world, PUBLIC, "witness") == {}


def test_little_is_asked_for_nothing_and_much_is_cut(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    for number in range(MOST + 2):
        raise_request(thread.forum, text=Name(en=f"Road number {number}"), by=world.users["ang"], on=world.day)
    (kind,) = found(world.programme, eyes_of(world.manager), "road number")
    assert len(kind.records) == MOST
    assert kind.has_more
    assert found(world.programme, eyes_of(world.manager), "r" * (LEAST - 1)) == ()
    assert is_too_short("r\u200b")
    assert not is_too_short("")
