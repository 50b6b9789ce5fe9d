"""Every kind of page, in both languages, at the width of a telephone and of a laptop: nothing that axe objects to."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import browser as browsers
from tests.browser import is_sound
from tests.homes import Home

pytestmark = [pytest.mark.browser, pytest.mark.long]

LINK = re.compile(r'href="(/[^"#]*)"')
NO_PAGE = re.compile(r"/(static|evidence)/|\.(pdf|docx|csv|xlsx)|logout|^/km/")
#: Of each kind of page so many are looked at; the pages of figures differ in their numbers only.
OF_A_KIND, FIGURES = 1, 4


def kind_of(address: str) -> str:
    """What kind of page an address leads to: its path without keys and codes."""
    path = address.partition("?")[0]
    return re.sub(r"/figures/.*", "/figures/", re.sub(r"/\d+/", "/1/", path))


def pages(home: Home, reader: str) -> list[str]:
    """One address of every kind of page that can be reached by clicking, and the form of every verb that fits."""
    waiting, found, read = ["/today/", "/look/", "/preferences/"], list[str](), defaultdict[str, int](int)
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if address in found or read[kind] >= (FIGURES if "figures" in kind else OF_A_KIND):
            continue
        read[kind] += 1
        answer = home.get(address, reader)
        if answer.status_code != 200 or answer.streaming:  # a file, not a page
            continue
        found.append(address)
        text = html.unescape(answer.content.decode())
        waiting += [link for link in LINK.findall(text) if not NO_PAGE.search(link)]
    return found


@pytest.fixture(scope="module")
def site(demo: Home) -> Iterator[str]:
    with demo.served() as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def addresses(demo: Home) -> list[str]:
    found = pages(demo, "sokha")
    kinds = {kind_of(address) for address in found}
    assert len([kind for kind in kinds if "/records/" in kind]) > 20
    assert len([kind for kind in kinds if "/lists/" in kind]) > 12
    assert {"/today/", "/programme/", "/places/", "/trail/", "/find/", "/books/", "/settings/"} <= kinds
    return found


@pytest.mark.parametrize(
    ("prefix", "width"),
    [
        ("", 1280),
        ("/km", 360),
        ("", 360),
        ("/km", 1280),
    ],
)
def test_axe_objects_to_no_page(addresses: list[str], site: str, chromium: Browser, prefix: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/account/login/")
    page.locator('button[value="sokha"]').click()
    wrong = []
    for address in addresses:
        page.goto(f"{site}{prefix}{address}")
        try:
            is_sound(page)
        except AssertionError as found:
            wrong.append(f"{prefix}{address} at {width}: {found}")
    context.close()
    assert not wrong, "\n\n".join(wrong)
