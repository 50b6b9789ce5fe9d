"""What people click: from an amount on the sheet to the voucher's picture and to what was asked, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests import browser as browsers
from tests.homes import Home

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(demo: Home) -> Iterator[str]:
    with demo.served() as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        if browser is None:
            pytest.skip("no Chromium found")
        yield browser
        browser.close()


@pytest.fixture(params=[360, 1280])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": request.param, "height": 900}, java_script_enabled=True)
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda asked: foreign.append(asked.url) if "127.0.0.1" not in asked.url else None)
    yield page
    assert foreign == [], "a request left the site"
    context.close()


def is_sound(page: Page) -> None:
    """No sideways scroll, and nothing that axe objects to."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def width(picture: Locator) -> int:
    """How many dots across a picture has, once it is loaded."""
    dots: int = picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    return dots


#: In each language: where it begins, what the page says of the tranche, the entry, the voucher, the request.
WAYS = {
    "en": ("/", "Tranche 1, Outreach grant 2008, Samraong", "Entry ", "Voucher 0708-08", "how the commune's budget"),
    "km": ("/km/", "ដំណាក់កាលទី១", "ការចុះបញ្ជីទី", "ប័ណ្ណចំណាយ 0708-08", "សូមពន្យល់ដល់ភូមិ"),
}


@pytest.mark.parametrize("lang", ["en", "km"])
def test_an_amount_opens_to_its_tranche_entry_voucher_and_request(site: str, page: Page, lang: str) -> None:
    start, tranche, entry, voucher, request = WAYS[lang]
    page.goto(site + start)
    is_sound(page)
    page.locator('dl.fx a[data-figure="oa.support"]').click()
    expect(page.locator("h1")).to_contain_text(page.locator("tfoot .sum").inner_text())
    is_sound(page)

    page.get_by_role("link", name=re.compile(re.escape(tranche))).first.click()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).to_contain_text(tranche)
    is_sound(page)

    page.locator("#way").get_by_role("link", name=re.compile(re.escape(entry))).click()
    expect(page.locator("#postings tbody tr")).to_have_count(2)
    is_sound(page)

    page.locator("#way").get_by_role("link", name=re.compile(re.escape(voucher))).click()
    picture = page.locator("#evidence img").first
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    assert width(picture) > 500
    is_sound(page)
    page.locator("#evidence a").first.click()
    assert width(page.locator("img.full")) > 500

    expect(page.locator("#proves")).to_contain_text(voucher)
    is_sound(page)

    page.go_back()
    page.locator("#way").get_by_role("link", name=re.compile(re.escape(request))).click()
    expect(page.locator("h1")).to_contain_text(request)
    expect(page.locator("#stages li")).to_have_count(7)
    is_sound(page)


def test_the_language_is_switched_on_the_same_page(site: str, page: Page) -> None:
    page.goto(f"{site}/figures/LAAR-DEMO/oa.plans/?year=2008")
    page.locator("a.lang").click()
    assert page.url == f"{site}/km/figures/LAAR-DEMO/oa.plans/?year=2008"
    expect(page.locator("html")).to_have_attribute("lang", "km")
    page.locator("a.lang").click()
    assert page.url == f"{site}/figures/LAAR-DEMO/oa.plans/?year=2008"


def test_the_keyboard_reaches_a_figure_and_opens_it(site: str, page: Page) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.locator('a[data-figure="places.districts"]').first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/figures/LAAR-DEMO/places\.districts/"))


def test_everything_is_read_without_javascript(site: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.locator('a[data-figure="oa.support"]').first.click()
    expect(page.locator("tbody tr")).to_have_count(4)
    context.close()
