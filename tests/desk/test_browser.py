"""What people click: from an amount on the sheet to the voucher's picture and to what was asked, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
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


@pytest.fixture(params=browsers.WIDTHS)
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": request.param, "height": 900}, java_script_enabled=True)
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda asked: foreign.append(asked.url) if "127.0.0.1" not in asked.url else None)
    yield page
    assert foreign == [], "a request left the site"
    context.close()


def step_in(page: Page, site: str, username: str = "sokha") -> None:
    """Look at the demonstration through somebody's eyes, by the button of the sign-in page."""
    page.goto(f"{site}/account/login/")
    page.locator(f'button[value="{username}"]').click()


def width(picture: Locator) -> int:
    """How many dots across a picture has, once it is loaded."""
    dots: int = picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    return dots


#: In each language: where it begins, what the page says of the tranche, the entry, the voucher, the request.
WAYS = {
    "en": (
        "/sheet/",
        "Tranche 1, Outreach grant 2008, Samraong",
        "Entry ",
        "Voucher 0708-08",
        "how the commune's budget",
    ),
    "km": ("/km/sheet/", "ដំណាក់កាលទី១", "ការចុះបញ្ជីទី", "ប័ណ្ណចំណាយ 0708-08", "សូមពន្យល់ដល់ភូមិ"),
}


@pytest.mark.parametrize("lang", [pytest.param("en", marks=pytest.mark.long), "km"])
def test_an_amount_opens_to_its_tranche_entry_voucher_and_request(site: str, page: Page, lang: str) -> None:
    start, tranche, entry, voucher, request = WAYS[lang]
    step_in(page, site)
    page.goto(site + start)
    browsers.is_sound(page)
    page.locator('dl.fx a[data-figure="oa.support"]').click()
    expect(page.locator("h1")).to_contain_text(page.locator("tfoot .sum").inner_text())
    browsers.is_sound(page)

    page.get_by_role("link", name=re.compile(re.escape(tranche))).first.click()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).to_contain_text(tranche)
    browsers.is_sound(page)

    page.locator("#way").get_by_role("link", name=re.compile(re.escape(entry))).click()
    expect(page.locator("#postings tbody tr")).to_have_count(2)
    browsers.is_sound(page)

    page.locator("#way").get_by_role("link", name=re.compile(re.escape(voucher))).click()
    picture = page.locator("#evidence img").first
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    assert width(picture) > 500
    browsers.is_sound(page)
    page.locator("#evidence a").first.click()
    assert width(page.locator("img.full")) > 500

    expect(page.locator("main .head")).to_contain_text(voucher)  # what it proves
    browsers.is_sound(page)

    page.go_back()
    page.locator("#way").get_by_role("link", name=re.compile(re.escape(request))).click()
    expect(page.locator("h1")).to_contain_text(request)
    expect(page.locator("#stages li")).to_have_count(7)
    browsers.is_sound(page)


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


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
@pytest.mark.parametrize("path", ["/look/", "/km/look/", "/preferences/", "/km/preferences/"])
def test_every_part_of_a_page_is_sound(site: str, page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(site + path)
    browsers.is_sound(page)


def test_whatever_can_be_touched_is_large_enough(site: str, page: Page) -> None:
    page.goto(f"{site}/look/")
    small = page.evaluate(TOO_SMALL)
    assert small == []


#: What can be touched and is less than 44 px high or wide; a link in a sentence is as high as its line, a figure has an area.
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter(one => !one.closest("p.txt, p.lede, .vh") && one.checkVisibility() && !one.matches(".f, .skip, [type=hidden]"))
  .map(one => [one, (one.closest("label, .picks label") ?? one).getBoundingClientRect()])
  .filter(([one, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def test_khmer_is_shaped_by_the_font_that_comes_with_the_page(site: str, page: Page) -> None:
    page.goto(f"{site}/km/look/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].map(one => [one.family, one.status])") == [["LAAR Khmer", "loaded"]]
    wide = """text => { const canvas = document.createElement("canvas").getContext("2d");
      canvas.font = "100px 'LAAR Khmer'"; return canvas.measureText(text).width }"""
    alone, below = page.evaluate(wide, "ក"), page.evaluate(wide, "ក្ក")
    assert alone > 20
    assert abs(alone - below) < 1, "a subscript stands below its letter, not beside it"
