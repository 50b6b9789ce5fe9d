"""The acceptance by hand: from the grants of the published sheet down to what a villager asked, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page, expect, sync_playwright

from laar.kit.money import Money
from laar.reports import said
from tests import browser as browsers
from tests.desk.test_browser import step_in
from tests.homes import Home
from tests.test_seed import STATED

pytestmark = pytest.mark.browser

#: In each language: where it begins, and by what words the stretches of the way are known.
WAYS = {
    "en": ("/sheet/", "Tranche 1, ", "Entry ", "Voucher ", "Decision "),
    "km": ("/km/sheet/", "ដំណាក់កាលទី១", "ការចុះបញ្ជីទី", "ប័ណ្ណចំណាយ ", "សេចក្តីសម្រេចលេខ"),
}
GRANTS = Money.of(STATED["sdp.grants"], "EUR")


@pytest.fixture(scope="module")
def site(whole: Home) -> Iterator[str]:
    with whole.served() as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        if browser is None:
            pytest.skip("no Chromium found")
        yield browser
        browser.close()


def along(page: Page, stretch: str) -> None:
    """Follow the way to the first record that is called so."""
    page.locator("#way").get_by_role("link", name=re.compile("^" + re.escape(stretch))).first.click()
    expect(page.locator("h1")).to_contain_text(stretch.strip())


@pytest.mark.parametrize("lang", ["en", "km"])
def test_the_grants_open_down_to_the_request_and_back(site: str, chromium: Browser, lang: str) -> None:
    start, tranche, entry, voucher, decision = WAYS[lang]
    with translation.override(lang):
        amount = said.amount(GRANTS)
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    step_in(page, site)
    page.goto(site + start)
    number = page.locator('a[data-figure="sdp.grants"]').first
    expect(number).to_have_text(amount)
    number.click()
    expect(page.locator("h1")).to_contain_text(amount)
    page.locator("table.recs tbody th a").first.click()
    expect(page.locator("h1")).to_contain_text(tranche)

    along(page, entry)
    expect(page.locator("#postings tbody tr")).to_have_count(2)
    along(page, voucher)
    expect(page.locator("#evidence img").first).to_be_visible()
    along(page, decision)
    expect(page.locator("#evidence li").first).to_be_visible()

    page.locator("#way > .ct > ol > li").nth(1).get_by_role("link").first.click()  # what was asked
    expect(page.locator("#stages li").last).to_be_visible()
    along(page, tranche)
    while page.url != site + start:
        page.go_back()
    expect(page.locator('a[data-figure="sdp.grants"]').first).to_have_text(amount)
    page.close()
