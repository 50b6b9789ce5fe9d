"""A finance officer's month, clicked and typed from the donor's instalment to the report: three people, one small office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader

from tests import browser as browsers
from tests.desk.month import the_month
from tests.homes import Home
from tests.world import PNG

pytestmark = pytest.mark.browser

MONTH = the_month()
FIRST, LAST = MONTH.since, MONTH.since + (MONTH.until - MONTH.since) - timedelta(days=1)  # type: ignore[operator]


def day(number: int) -> date:
    """A day of the month."""
    return MONTH.since.replace(day=number)


@pytest.fixture
def site(migrated: str, tmp_path: Path) -> Iterator[str]:
    home = Home(tmp_path / "month").make(migrated)
    home.python("from laar.cli.home import prepare\nfrom tests.desk.month import furnish\nprepare()\nfurnish()")
    with home.served() as address:
        yield address


@pytest.fixture
def chromium(site: str) -> Iterator[Browser]:
    """Chromium, begun when the office is furnished: while it runs, this thread can ask no database."""
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser
        browser.close()


def pdf_text(person: Person, address: str) -> str:
    """What a PDF says that this person opens."""
    answer = person.page.request.get(person.site + address)
    assert answer.ok
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)


#: Name, code, advance.
COMMUNES = (("Angkor Borei", "210101", "600"), ("Ba Srae", "210102", "500"), ("Kouk Thlok", "210103", "400"))


class Person:
    """Somebody at a screen, who clicks and types."""

    def __init__(self, chromium: Browser, site: str, username: str, width: int) -> None:
        self.site = site
        self.page = chromium.new_context(viewport={"width": width, "height": 900}, locale="en-GB").new_page()
        self.page.set_default_timeout(10_000)
        self.page.goto(f"{site}/account/login/")
        self.page.locator(f'button[value="{username}"]').click()
        expect(self.page.locator("h1")).to_be_visible()

    def go(self, path: str) -> Page:
        """Open a page."""
        self.page.goto(path if path.startswith("http") else self.site + path)
        return self.page

    def fill(self, **typed: object) -> None:
        """Fill fields by name (`text_en` is `text-en`); a list is chosen from by the beginning of its words."""
        for name, value in typed.items():
            field = self.page.locator(f'main [name="{name.replace("__", "-")}"]')
            if field.evaluate("field => field.tagName") == "SELECT":
                said = field.evaluate(
                    "(field, start) => ([...field.options].find(one => one.text.startsWith(start))"
                    " ?? [...field.options].find(one => one.text.includes(start)))?.value",
                    value,
                )
                assert said, f"{name} does not offer {value}"
                field.select_option(said)
            elif isinstance(value, Path):
                field.set_input_files(value)
            else:
                field.fill(f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value))

    def press(self, name: str) -> Page:
        """Press a button, or follow a link."""
        one = self.page.locator("main").get_by_role("button", name=name, exact=True)
        other = self.page.locator("main").get_by_role("link", name=name, exact=True)
        one.or_(other).first.click()
        self.page.wait_for_load_state()
        return self.page

    def refused(self, words: str) -> None:
        """The page says no, in these words."""
        expect(self.page.locator('main [role="alert"]').first).to_contain_text(words)

    def recorded(self) -> str:
        """What was sent is recorded; the address of the record."""
        expect(self.page.locator("#done")).to_contain_text("Recorded.")
        return self.page.url.partition("?")[0]


class Office:
    """The finance officer at her desk, the manager with a telephone, the cashier."""

    def __init__(self, chromium: Browser, site: str, folder: Path) -> None:
        self.folder = folder
        self.bopha = Person(chromium, site, "bopha", 1280)
        self.sokha = Person(chromium, site, "sokha", 360)
        self.dara = Person(chromium, site, "dara", 1280)
        self.papers = 0
        #: The documents that are needed again, by what they are called here.
        self.documents: dict[str, str] = {}

    def paper(self) -> Path:
        """A scanned bill."""
        self.papers += 1
        file = self.folder / f"bill-{self.papers}.png"
        file.write_bytes(PNG + str(self.papers).encode())
        return file

    def writes(self, kind: str, on: date, text__en: str, **typed: object) -> str:
        """The finance officer prepares a document with its paper."""
        self.bopha.go(f"/books/new/{kind}/")
        self.bopha.fill(on=on, text__en=text__en, paper=self.paper(), **typed)
        self.bopha.press("Prepare")
        return self.bopha.recorded()

    def approves(self, document: str) -> None:
        """The manager approves it on a telephone."""
        page = self.sokha.go(document)
        self.sokha.press("Approve a document")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        self.sokha.press("Approve a document")
        self.sokha.recorded()

    def pays(self, document: str, on: date) -> None:
        """The cashier pays and posts it."""
        self.dara.go(document)
        self.dara.press("Pay and post a document")
        self.dara.fill(on=on)
        self.dara.press("Pay and post a document")
        self.dara.recorded()

    def does(self, kind: str, on: date, text__en: str, **typed: object) -> str:
        """All three of them, one after the other."""
        document = self.writes(kind, on, text__en, **typed)
        self.approves(document)
        self.pays(document, on)
        return document


def test_the_first_days_of_the_finance_officer(site: str, chromium: Browser, tmp_path: Path) -> None:
    office = Office(chromium, site, tmp_path)
    riel_come(office)
    pays_in_riel_by_keyboard_alone(office)
    prints_the_voucher(office)


@pytest.mark.long
def test_a_month_of_the_finance_officer(site: str, chromium: Browser, tmp_path: Path) -> None:
    office = Office(chromium, site, tmp_path)
    money_comes(office)
    advances(office)
    accounts_for_them(office)
    pays_in_riel_by_keyboard_alone(office)
    prints_the_voucher(office)
    finds_the_month_open(office)
    reconciles_the_bank(office)
    counts_the_cash(office)
    closes_the_month(office)
    reports_to_the_donor(office)


def riel_come(office: Office) -> None:
    """The first instalment is in riel, and lies in the cash box."""
    office.does(
        "receipt", day(2), "First instalment", payee_text="Lotus Fund", money="102",
        line1__account="401", line1__amount="2000000",
    )  # fmt: skip


def money_comes(office: Office) -> None:
    """The donor's dollars arrive; some become euro, some riel."""
    fund = "Grant of the Lotus Fund"
    office.does(
        "receipt", day(2), "First instalment", payee_text="Lotus Fund", money="104",
        line1__account="401", line1__amount="10000",
    )  # fmt: skip
    office.does(
        "exchange",
        day(3),
        "Dollars to euro",
        money="104",
        into="101",
        got="4010",
        line1__fund=fund,
        line1__amount="5000",
    )
    office.does(
        "exchange",
        day(3),
        "Dollars to riel",
        money="104",
        into="102",
        got="2000000",
        line1__fund=fund,
        line1__amount="500",
    )


def advances(office: Office) -> None:
    """Three communes get an advance."""
    for commune, code, amount in COMMUNES:
        office.does(
            "advance", day(4), f"Outreach of {commune}", payee_text=f"Council of {commune}", money="101",
            advances="121", due_on=LAST, line1__place=f"{commune} · {code}", line1__amount=amount,
        )  # fmt: skip


def accounts_for_them(office: Office) -> None:
    """One is accounted for whole, one in part and the rest paid back, one is refused and done again."""
    year, bopha = MONTH.since.year, office.bopha

    def bills(number: int, on: date, *amounts: str) -> dict[str, object]:
        commune, code, _amount = COMMUNES[number - 1]
        typed: dict[str, object] = {"settles": f"AV-{year}-{number:04}", "on": on, "text__en": f"Bills of {commune}"}
        for line, amount in enumerate(amounts, start=1):
            said = {"account": "501", "place": f"{commune} · {code}", "line": "LF 6.1", "amount": amount}
            typed |= {f"line{line}__{name}": value for name, value in said.items()}
        return typed

    office.does("liquidation", **bills(1, day(18), "400", "200"))  # type: ignore[arg-type]
    office.does("liquidation", **bills(2, day(18), "350"))  # type: ignore[arg-type]
    office.does(
        "receipt", day(19), "Rest of the advance", payee_text="Council of Ba Srae", money="101",
        settles=f"AV-{year}-0002", line1__account="121", line1__place="Ba Srae · 210102", line1__amount="150",
    )  # fmt: skip

    bopha.go("/books/new/liquidation/")
    bopha.fill(**bills(3, day(20), "450"), paper=office.paper())
    bopha.press("Prepare")
    bopha.refused("pay the rest by a payment voucher")
    bopha.fill(line1__amount="400")  # what else was typed is there still, the paper too
    bopha.press("Prepare")
    wrong = bopha.recorded()
    office.sokha.go(wrong)
    office.sokha.press("Approve a document")
    office.sokha.press("Make a document void")
    office.sokha.fill(reason__en="The bill is of another commune.")
    office.sokha.press("Make a document void")
    office.sokha.recorded()
    bopha.go(wrong)
    expect(bopha.page.locator("main")).to_contain_text("The bill is of another commune.")
    office.does("liquidation", **bills(3, day(21), "400"))  # type: ignore[arg-type]


def pays_in_riel_by_keyboard_alone(office: Office) -> None:
    """A voucher from the cash box without touching the mouse: the balance runs along while the amounts are typed."""
    page = office.bopha.go("/books/new/payment/")
    paper, keys = office.paper(), page.keyboard

    def to(name: str) -> None:
        """Press Tab until the field has the focus."""
        for _ in range(40):
            if page.evaluate("document.activeElement.name") == name:
                return
            keys.press("Tab")
        raise AssertionError(f"the keyboard does not reach {name}")

    typed = {
        "text-km": "ក្រដាស និងប៊ិក",
        "text-en": "Paper and pens",
        "payee_text": "Sok Shop",
        "money": "102",
    }
    for order in ("%m%d%Y", "%d%m%Y"):  # in which the machine's Chromium wants a day
        if page.locator("#id_on").input_value() != f"{day(22)}":
            page.locator("#id_on").focus()
            keys.type(f"{day(22):{order}}")
    for name, text in typed.items():
        to(name)
        keys.insert_text(text) if name.startswith("text") else keys.type(text)
    to("paper")
    page.locator('[name="paper"]').set_input_files(paper)  # the dialog for files is the machine's, not the page's
    for line, (account, budget, amount) in enumerate(
        (("531", "LF 4.3", "200000"), ("541", "LF 2.2", "50,000")), start=1
    ):
        for name, text in (("account", account), ("line", budget), ("amount", amount)):
            to(f"line{line}-{name}")
            keys.type(text)
    expect(page.locator(".running")).to_contain_text("250,000")
    expect(page.locator(".running")).to_contain_text("1,750,000")
    to("prepare")
    keys.press("Enter")
    page.wait_for_url(re.compile("/records/document/"))
    voucher = office.documents["voucher"] = office.bopha.recorded()
    office.approves(voucher)
    office.pays(voucher, day(22))


def prints_the_voucher(office: Office) -> None:
    """The voucher as PDF, in both languages, with the amount in words in both."""
    page = office.bopha.go(office.documents["voucher"])
    link = page.get_by_role("link", name="Print (PDF)").get_attribute("href")
    assert link
    for address in (link, f"/km{link}"):
        text = pdf_text(office.bopha, address)
        assert "two hundred and fifty thousand" in text.lower()
        assert re.search("[ក-៹].*\n?Two hundred and fifty", text), "the amount in Khmer words stands above the English"


def finds_the_month_open(office: Office) -> None:
    """The list names what is missing, and closing without it is refused."""
    page = office.bopha.go("/books/months/")
    office.bopha.press(f"Close {MONTH.since:%B %Y}")
    office.bopha.refused("Not met and not explained: Bank reconciled, Cash counted")
    page.locator("#next-month").get_by_role("link", name="Go there").first.click()
    expect(page.locator("h1")).to_have_text("Bank accounts")


#: As the bank writes its file: the head of its columns, and the lines.
HEAD = "Value date,Description,Reference,Debit,Credit"


def lines_of(rows: list[tuple[int, str, str, str]]) -> str:
    """The file of a month."""
    return "\n".join([HEAD, *(f"{day(on):%d/%m/%Y},{text},,{out},{into}" for on, text, out, into in rows)])


def reconciles_the_bank(office: Office) -> None:
    """The columns are said once; a file with another column is refused, the right one matched, another person signs."""
    year, bopha = MONTH.since.year, office.bopha
    euro = lines_of(
        [
            (3, f"Exchange FX-{year}-0001", "", "4010.00"),
            *((5, f"Order AV-{year}-{number:04}", f"{one[2]}.00", "") for number, one in enumerate(COMMUNES, start=1)),
            (19, "Cash paid in", "", "150.00"),
            (28, "Fee of the month", "5.00", ""),
        ]
    )
    dollars = lines_of(
        [
            (2, "Lotus Fund", "", "10000.00"),
            (3, "Exchange", "5000.00", ""),
            (3, "Exchange", "500.00", ""),
        ]
    )
    bopha.go("/books/bank/101/")
    bopha.press("Say which column is what")
    bopha.fill(
        label="Mekong Bank", column__on="Value date", column__text="Description", column__reference="Reference",
        column__in="Credit", column__out="Debit", date="31/12/2008", decimal="1,270.50",
    )  # fmt: skip
    bopha.press("Keep which column is what")

    looks_at(office, "101", euro.replace("Debit", "Withdrawals"), "2655.00")
    bopha.refused("has no column Debit")
    statement = loads(office, "101", euro, "2655.00")
    line = bopha.page.locator("#lines li").filter(has_text="Fee of the month")
    line.locator("summary").click()
    line.get_by_role("link", name="Book it: a charge, interest").click()
    bopha.fill(account="Bank charges", fund="Grant", budget_line="4.3", text__en="Fee of the bank", on=day(28))
    bopha.press("Book a charge of the bank")
    signs(office, statement)
    signs(office, loads(office, "104", dollars, "4500.00"))


def looks_at(office: Office, account: str, content: str, closing: str) -> None:
    """Send a file, to see what it would do."""
    file = office.folder / f"statement-{account}.csv"
    file.write_text(content, encoding="utf-8")
    office.bopha.go(f"/books/bank/{account}/")
    office.bopha.fill(mapping="Mekong Bank", opening="0", closing=closing, since=FIRST, until=LAST, file=file)
    office.bopha.press("Look at the file")


def loads(office: Office, account: str, content: str, closing: str) -> str:
    """Load it and match what is clear; the address of the statement."""
    looks_at(office, account, content, closing)
    page = office.bopha.press("Load this statement")
    page.locator("#lines").get_by_role("button", name=re.compile("Match what is clear")).click()
    page.wait_for_load_state()
    return page.url.partition("?")[0]


def signs(office: Office, statement: str) -> None:
    """Another person signs the statement off."""
    expect(office.bopha.go(statement).locator("#stand")).to_contain_text("books and bank agree")
    office.sokha.go(statement)
    office.sokha.press("Sign the statement off")
    office.sokha.press("Sign the statement off")
    expect(office.sokha.page.locator("main")).to_contain_text("Recorded.")


def counts_the_cash(office: Office) -> None:
    """A note is missing: that asks for a reason, and another person books it."""
    bopha = office.bopha
    bopha.go("/books/cash/102/")
    bopha.press("Count the cash")
    pieces = {"pieces__100000": 17, "pieces__20000": 2, "pieces__5000": 1, "pieces__1000": 4}
    bopha.fill(**pieces, witness="Kim Dara, cashier", on=LAST)
    bopha.press("Count the cash")
    bopha.refused("Counted KHR 1,749,000, in the books KHR 1,750,000")
    bopha.fill(reason__en="Change was given wrongly.")
    bopha.press("Count the cash")
    count = bopha.recorded()
    dara = office.dara  # who counted does not book what is missing
    dara.go(count)
    dara.press("Book the difference")
    dara.fill(account="Office", fund="Grant", line="4.3", on=LAST)
    dara.press("Book the difference")
    dara.recorded()


def closes_the_month(office: Office) -> None:
    """Everything is met, the month closes, and what comes too late is told where it goes."""
    bopha = office.bopha
    expect(bopha.go("/books/months/").locator("#next-month")).not_to_contain_text("not met")
    bopha.press(f"Close {MONTH.since:%B %Y}")
    expect(bopha.page.locator("#closed")).to_contain_text("met")
    bopha.go("/books/new/payment/")
    bopha.fill(
        on=LAST, text__en="A late bill", payee_text="Sok Shop", money="101",
        line1__account="531", line1__line="LF 4.3", line1__amount="10", paper=office.paper(),
    )  # fmt: skip
    bopha.press("Prepare")
    bopha.refused(f"{MONTH.until}")


def reports_to_the_donor(office: Office) -> None:
    """The report is prepared, explained, sent by the manager, opened as XLSX and PDF – and every number on it opens."""
    bopha = office.bopha
    bopha.go("/reports/finance/")
    bopha.press("Prepare a report")
    bopha.page.get_by_label("interim").check()
    bopha.fill(since=FIRST, until=MONTH.until)
    bopha.press("Prepare a financial report")
    page = bopha.page
    bopha.go("/reports/finance/")
    page.get_by_role("link", name=re.compile("Interim report 1")).click()
    page.wait_for_load_state()
    report = page.url
    expect(page.locator("#tasks")).to_contain_text("2.2 Local travel differs from its budget")
    while (form := page.locator("tr.must + tr.why form, tr.must ~ tr.why details[open] form")).count():
        form.first.locator("textarea[lang=en]").fill("The work begins next month.")
        form.first.get_by_role("button").click()
        page.wait_for_load_state()
    expect(page.locator("#tasks")).to_have_count(0)
    office.sokha.go(report)
    office.sokha.press("Submit the report")
    office.sokha.press("Submit the report")
    expect(bopha.go(report).locator(".head")).to_contain_text("Submitted")

    xlsx = page.request.get(report + "report.xlsx").body()
    with ZipFile(BytesIO(xlsx)) as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/"))
    assert "1355.2" in cells or "1405.2" in cells
    assert "405.20" in pdf_text(bopha, report.removeprefix(office.bopha.site) + "report.pdf")

    links = [one.get_attribute("href") or "" for one in page.locator("main a[data-figure]").all()]
    assert len(links) > 40
    assert numbers_that_do_not_open(page) == []
    for link in dict.fromkeys(links):
        assert page.request.get(office.bopha.site + link).ok, link
    opens_down_to_the_paper(page)


def opens_down_to_the_paper(page: Page) -> None:
    """From a cost of the report to its entry, and to the bill that it stands on."""
    page.locator("#g4 summary").first.click()
    page.locator('tr[id="line:4.3"] a[data-figure^="finance.cost"]').nth(1).click()  # the first, before it, is nothing
    for stretch in ("posting", "entry", "document", "evidence"):
        page.locator(f'main a[href*="/records/{stretch}/"]').first.click()
        page.wait_for_url(re.compile(f"/records/{stretch}/"))
    expect(page.locator("main .head")).to_contain_text("PV-")


def numbers_that_do_not_open(page: Page) -> list[str]:
    """The cells of amounts in which there is an amount and no link; a number of months is none."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main td.n, main dl.fx dd")]
          .filter(cell => !/^Months left$/.test(cell.dataset.label) && /[1-9]/.test(cell.innerText) && !cell.querySelector("a"))
          .map(cell => `${cell.closest("tr, div").innerText}`)"""
    )
    return found
