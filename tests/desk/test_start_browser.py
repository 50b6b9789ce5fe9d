"""The first hour as somebody with a telephone's screen goes it: from the address in the terminal to the first list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests import browser as browsers
from tests.accounts import code_of
from tests.homes import Home
from tests.world import GAZETTEER

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser
        browser.close()


def task(page: Page, name: str) -> Locator:
    """A line of the list of steps."""
    return page.locator("a.task").filter(has=page.locator("b", has_text=re.compile(f"^{name}$")))


def walk(page: Page, address: str, folder: Path, look: Callable[[Page, str], None]) -> None:
    """From the choice to the first list; `look` is shown every page on the way."""
    page.goto(address)
    look(page, "start")
    page.get_by_role("link", name="Begin my programme").click()
    page.get_by_label("in Khmer").fill("ចាន់ សុខា")
    page.get_by_label("in English").fill("Chan Sokha")
    page.get_by_label("User name").fill("Sokha")
    page.get_by_role("button", name="Go on to the password").click()
    look(page, "mine-refused")
    page.get_by_label("User name").fill("sokha")
    page.get_by_role("button", name="Go on to the password").click()
    for field in page.locator("input[type=password]").all():
        field.fill("rice and fish and rain")
    page.get_by_role("button", name="Choose this password").click()
    page.get_by_label("six digits").fill(code_of(page.locator(".secret").inner_text().replace(" ", "")))
    page.get_by_role("button", name="Set up the second factor").click()
    page.get_by_role("link", name="They are on paper").click()
    look(page, "today")
    page.get_by_role("link", name="Go on with them").click()
    look(page, "steps-0")

    task(page, "Programme").click()
    look(page, "programme")
    page.get_by_label("in English").fill("Rice and Rivers")
    page.get_by_label("in Khmer").fill("ស្រូវ និងទន្លេ")
    page.get_by_label("Code").fill("RICE")
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Found the programme").click()
    look(page, "steps-1")

    task(page, "What it is about").click()
    look(page, "about")
    page.get_by_role("button", name="Write what it is about").click()
    look(page, "about-refused")
    for field, text in {
        "title-en": "Supporting local councils",
        "title-km": "គាំទ្រក្រុមប្រឹក្សាមូលដ្ឋាន",
        "objective-en": "Councils answer for what they do.",
        "since": "2026-01-01",
        "last": "2028-12-31",
        "organisation-en": "Rice Field NGO",
        "sectors-0-code": "15112",
        "sectors-0-name": "Decentralisation",
        "sectors-0-percent": "100",
    }.items():
        page.locator(f"[name={field}]").fill(text)
    page.get_by_label("Coordinator").check()
    page.get_by_role("button", name="Write what it is about").click()
    expect(page.locator("#done")).to_be_visible()
    task(page, "What it is about").click()
    look(page, "about-written")
    page.locator("main").get_by_role("link", name="First steps").click()

    task(page, "Currencies and rates").click()
    look(page, "rates")
    page.get_by_label("costs").fill("1.085")
    page.get_by_label("Who says so").fill("InforEuro, January 2026")
    page.get_by_role("button", name="Enter this rate").click()
    look(page, "rates-entered")
    page.locator("main").get_by_role("link", name="First steps").click()

    task(page, "Places").click()
    look(page, "places-empty")
    (folder / "places.csv").write_text(GAZETTEER, encoding="utf-8")
    page.locator("#files").set_input_files(folder / "places.csv")
    page.get_by_role("button", name="Load the places").click()
    look(page, "places-loaded")
    page.get_by_role("link", name="Takeo").click()
    page.get_by_role("link", name="Angkor Borei").click()
    look(page, "places-communes")
    page.get_by_label("Ba Srae").check()
    page.get_by_role("button", name="Add the ticked communes").click()
    look(page, "places-chosen")
    page.locator("main").get_by_role("link", name="First steps").click()

    task(page, "People and groups").click()
    look(page, "people")
    heading = "kind,name_km,name_en,sex,place\n"
    right = "person,សុខ ដារ៉ា,Sok Dara,f,210102\nshg,,Savings group,,210102\n"
    (folder / "wrong.csv").write_text(heading + right + "persson,,,x,999999\n", encoding="utf-8")
    (folder / "right.csv").write_text(heading + right, encoding="utf-8")
    page.locator("#file").set_input_files(folder / "wrong.csv")
    page.get_by_role("button", name="Look at the file").click()
    look(page, "people-wrong")
    page.locator("#file").set_input_files(folder / "right.csv")
    page.get_by_role("button", name="Look at the file").click()
    look(page, "people-preview")
    page.get_by_role("button", name="Register all new ones").click()
    look(page, "people-done")
    page.locator("main").get_by_role("link", name="First steps").click()
    look(page, "steps-6")
    task(page, "Print the first list").click()
    look(page, "print")
    task(page, "Reference sheet").click()
    expect(page.locator("main")).to_contain_text("Supporting local councils")


@pytest.mark.long
def test_from_the_address_in_the_terminal_to_the_first_list(unmade: Home, chromium: Browser, tmp_path: Path) -> None:
    with unmade.begun() as address:
        page = chromium.new_context(viewport={"width": 360, "height": 800}).new_page()
        walk(page, address, tmp_path, lambda page, _name: browsers.is_sound(page))
