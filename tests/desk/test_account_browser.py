"""The way in, as somebody walks it on a telephone: invited, password, second factor, recovery codes, today."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import browser as browsers
from tests.accounts import PASSWORD, code_of
from tests.browser import is_sound
from tests.homes import Home

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(pristine: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demonstration of our own: somebody real will work in it."""
    with pristine.copy(tmp_path_factory.mktemp("homes") / "account").served() as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser
        browser.close()


def page_of(chromium: Browser, *, width: int, complaints: list[str]) -> Page:
    """A browser of its own, that notes what the content policy forbids."""
    page = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    return page


@pytest.mark.parametrize(("language", "width"), [pytest.param("", 1280, marks=pytest.mark.long), ("/km", 360)])
def test_somebody_is_invited_and_lands_on_today(site: str, chromium: Browser, language: str, width: int) -> None:
    complaints: list[str] = []
    office = page_of(chromium, width=width, complaints=complaints)
    office.goto(f"{site}{language}/account/login/")
    is_sound(office)
    office.locator('button[value="veasna"]').click()
    office.goto(f"{site}{language}/settings/users/new/")
    is_sound(office)
    username = f"sokha.{width}"
    office.fill("#id_username", username)
    office.fill("#id_name_en", "Chan Sokha")
    office.fill("#id_name_km", "ចាន់ សុខា")
    office.select_option("#id_role", "finance")
    office.select_option("#id_where", "LAAR-DEMO:")
    office.locator("main form button").click()
    link = office.locator(".secret").inner_text()
    expect(office.locator("svg.qr")).to_be_visible()
    is_sound(office)
    for path in ("/settings/users/", f"/settings/users/of/{username}/", "/settings/", "/settings/who-may/"):
        office.goto(f"{site}{language}{path}")
        is_sound(office)

    theirs = page_of(chromium, width=width, complaints=complaints)
    theirs.goto(link)
    is_sound(theirs)
    theirs.fill("#id_password1", "short")
    theirs.fill("#id_password2", "short")
    theirs.locator("main form button").click()
    expect(theirs.locator("[role=alert]")).to_be_visible()
    is_sound(theirs)
    theirs.fill("#id_password1", PASSWORD)
    theirs.fill("#id_password2", PASSWORD)
    theirs.locator("main form button").click()

    expect(theirs).to_have_url(re.compile(r"/second-factor/set-up/"))
    expect(theirs.locator("svg.qr")).to_be_visible()
    is_sound(theirs)
    theirs.fill("#id_code", code_of("".join(theirs.locator(".secret").inner_text().split())))
    theirs.locator("main form button").click()
    expect(theirs.locator(".codes li")).to_have_count(10)
    is_sound(theirs)
    code = theirs.locator(".codes li").first.inner_text()
    theirs.locator("main a.btn").click()
    expect(theirs).to_have_url(re.compile(r"/today/$"))

    theirs.goto(f"{site}{language}/account/logout/")
    is_sound(theirs)
    theirs.locator("main form button").click()
    theirs.fill("#id_login", username)
    theirs.fill("#id_password", PASSWORD)
    theirs.locator("main form.ask button").click()
    expect(theirs).to_have_url(re.compile(r"/second-factor/code/"))
    is_sound(theirs)
    theirs.fill("#id_code", code)
    theirs.locator("main form button").click()
    expect(theirs).to_have_url(re.compile(r"/today/$"))
    for path in ("/account/password/", "/account/second-factor/", "/account/second-factor/give-up/"):
        theirs.goto(f"{site}{language}{path}")
        is_sound(theirs)
    assert complaints == []
    for page in (office, theirs):
        page.context.close()
