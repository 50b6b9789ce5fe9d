"""A day: invited, let in with a second factor, work found and done on a telephone or a laptop, a list printed, signed out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import browser as browsers
from tests.accounts import PASSWORD, code_of
from tests.browser import is_sound
from tests.homes import Home

pytestmark = pytest.mark.browser

#: What lies on the desk in the morning: two plans that were submitted, and a forum that is announced.
MORNING = """
from datetime import date
from laar.base.actions import keep_evidence
from laar.base.models import Programme, User
from laar.events.actions import announce_event, hold_event, record_attendance, record_decision
from laar.kit.money import Money
from laar.kit.names import Name
from laar.plans.actions import add_line, draft_plan, submit_plan
from laar.registers.models import Party, Place
programme, by, on = Programme.objects.get(), User.objects.get(username="sokha"), date(2010, 12, 20)
for code, year in (("210104", {year}), ("210708", {year})):
    place = Place.objects.get(code=code)
    council = Party.objects.get(kind="council", place=place)
    title = Name(en=f"Outreach plan {{year}}, {{place.name_en}}", km=f"ផែនការ {{year}} {{place.name_km}}")
    plan = draft_plan(programme, "oa", place=place, owner=council, year=year, funding="own", title=title, by=by, on=on,
                      partner=Party.objects.filter(kind="committee", place=place).first())
    add_line(plan, title=Name(en="Budget on the board", km="ថវិកាលើក្ដារ"), place=place, month=date(year, 3, 1), people=40,
             budget=Money.of("0", "EUR"), by=by, on=on)
    submit_plan(plan, by=by, on=on)
    # The council has sat over the plan; older decisions are about other things.
    facts, said = {{"by": by, "on": on}}, Name(en=f"Session over {{year}}", km=f"សម័យប្រជុំ {{year}}")
    session = announce_event(programme, "council_session", place=place, host=council, day=on, title=said, **facts)
    record_attendance(session, capacity="councillor", sex="f", count=5, **facts)
    papers = [keep_evidence(programme, b"%PDF-" + f"{{code}} {{year}} {{what}}".encode(), caption=said, dated=on,
                            signed_by="The chief", **facts) for what in ("minutes", "list", "decision")]
    session = hold_event(session, papers={{"minutes": papers[0], "signed_sheet": papers[1]}}, **facts)
    record_decision(session, number=f"{{year}}/1", title=said, paper=papers[2], **facts)
forum = announce_event(programme, "forum", place=place, host=council, day=date(2011, 2, 1),
                       title=Name(en="Forum of {year}", km="វេទិកា {year}"), by=by, on=on)
print(plan.pk - 1, plan.pk, forum.pk)
"""
#: Somebody else corrects the forum while it is open at ours.
MEANWHILE = """
from datetime import date
from laar.base.models import User
from laar.events.actions import correct_event
from laar.events.models import Event
from laar.kit.names import Name
event = Event.objects.get(pk={forum})
correct_event(event, title=Name(en=event.title_en, km="វេទិកាដែលបានកែ"), day=event.on,
              by=User.objects.get(username="sokha"), on=date(2010, 12, 20))
"""


@pytest.fixture(scope="module")
def home(pristine: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return pristine.copy(tmp_path_factory.mktemp("homes") / "day")


@pytest.fixture(scope="module")
def site(home: Home) -> Iterator[str]:
    with home.served() as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser
        browser.close()


def done_in(home: Home, code: str) -> str:
    """Run some lines in the home, in a thread of their own: the browser's driver has an event loop in this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(home.python, code).result()


def invite(office: Page, site: str, username: str) -> str:
    """The administrator invites a manager; the link on the slip."""
    office.goto(f"{site}/account/login/")
    office.locator('button[value="veasna"]').click()
    office.goto(f"{site}/settings/users/new/")
    office.fill("#id_username", username)
    office.fill("#id_name_en", "Chan Sokha")
    office.fill("#id_name_km", "ចាន់ សុខា")
    office.select_option("#id_role", "manager")
    office.select_option("#id_where", "LAAR-DEMO:")
    office.locator("main form button").click()
    return office.locator(".secret").inner_text()


def come_in(page: Page, link: str) -> None:
    """Accept, choose a password, set the second factor up."""
    page.goto(link)
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.locator("main form button").click()
    page.fill("#id_code", code_of("".join(page.locator(".secret").inner_text().split())))
    page.locator("main form button").click()
    page.locator("main a.btn").click()
    expect(page).to_have_url(re.compile(r"/today/$"))


def send(page: Page) -> None:
    """Press the one filled button of the form."""
    page.locator("form.deed button.btn").click()


@pytest.mark.parametrize("width", browsers.WIDTHS)
def test_a_day_of_work(home: Home, site: str, chromium: Browser, width: int) -> None:
    year = 2012 if width == 360 else 2013
    approve, give_back, forum = done_in(home, MORNING.format(year=year)).split()
    office = chromium.new_context().new_page()
    link = invite(office, site, f"sokha.{width}")
    page = chromium.new_context(viewport={"width": width, "height": 800}).new_page()
    foreign: list[str] = []
    page.on("request", lambda asked: foreign.append(asked.url) if "127.0.0.1" not in asked.url else None)
    come_in(page, link)

    # Today says what waits; both plans were submitted by somebody else.
    is_sound(page)
    assert page.locator("#waiting li").count() >= 2

    # A commune is found, by its name.
    page.goto(f"{site}/find/?q=ponley")
    page.locator("main").get_by_role("link", name="Ponley", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Ponley")
    is_sound(page)

    # One plan is approved, by a decision of its council.
    page.goto(f"{site}/today/")
    page.locator(f'#waiting a[href="/do/plan.approve/plan/{approve}/"]').click()
    is_sound(page)
    decided = page.locator("#id_decision option", has_text=f"Decision {year}/1").get_attribute("value")
    page.select_option("#id_decision", decided)
    send(page)
    expect(page.locator("#done")).to_contain_text("Recorded.")
    expect(page.locator("h1 + p, .head .st").first).to_be_visible()
    is_sound(page)

    # The other goes back, and not without a reason.
    page.goto(f"{site}/do/plan.return/plan/{give_back}/")
    send(page)
    expect(page.locator("#errors")).to_be_focused()
    is_sound(page)
    page.fill("#id_reason-en", "The month is missing")
    send(page)
    expect(page.locator("#done")).to_contain_text("Return the plan")

    # Two people at one record: both versions are shown, and nothing of either is lost.
    page.goto(f"{site}/do/event.correct/event/{forum}/")
    page.fill("#id_title-en", f"Spring forum of {year}")
    done_in(home, MEANWHILE.format(forum=forum))
    send(page)
    expect(page.locator("#clash")).to_contain_text("វេទិកាដែលបានកែ")
    expect(page.locator("#id_title-en")).to_have_value(f"Spring forum of {year}")
    is_sound(page)
    send(page)
    expect(page.locator("h1")).to_have_text(f"Spring forum of {year}")
    expect(page.locator(".head .other")).to_have_text("វេទិកាដែលបានកែ")

    # The same page in the other language.
    page.locator("a.lang").click()
    expect(page).to_have_url(re.compile(rf"/km/records/event/{forum}/"))
    expect(page.locator("h1")).to_have_text("វេទិកាដែលបានកែ")
    is_sound(page)

    # A list is printed: all of it, without what only a screen needs.
    page.goto(f"{site}/km/lists/plans/")
    is_sound(page)
    page.locator('main a[href*="print=1"]').click()
    page.emulate_media(media="print")
    expect(page.locator(".rail")).to_be_hidden()
    assert len(page.pdf(format="A4")) > 10_000
    page.emulate_media(media="screen")

    page.goto(f"{site}/km/account/logout/")
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile(r"/km/account/login/"))
    page.goto(f"{site}/today/")
    expect(page).to_have_url(re.compile(r"/account/login/\?next="))
    assert foreign == []
    page.context.close()
    office.context.close()
