"""The first hour: from an empty house to the first printed sheet, and nobody slips in meanwhile."""

from __future__ import annotations

import io
import os
import re
import stat
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from laar.base.actions import grant_role, register_user
from laar.base.clock import today
from laar.base.models import Programme, Role, User
from laar.base.people.actions import invite_user
from laar.base.people.first import forget_key, open_installation, the_key
from laar.base.people.tokens import new_token
from laar.base.uploads import put
from laar.cli.home import prepare
from laar.demo.progress import Progress, note
from laar.desk.start import demonstration
from laar.kit.names import Name
from laar.ledger.models import Rate
from laar.registers.models import Location, Party, Profile
from laar.registers.people import COLUMNS
from laar.results.first_steps import first_steps
from tests.desk.clients import SIDE_DOOR
from tests.homes import Home
from tests.refused import refused
from tests.world import DAY, GAZETTEER, World

PASSWORD = "rice and fish and rain"


class Sender(Client):
    """A browser: its forms carry a number that was drawn when they were opened."""

    def post(self, path: str, data: object = None, *args: object, **kwargs: object):  # type: ignore[override]
        if isinstance(data, dict):
            data = {"nonce": str(uuid4()), **data}
        return super().post(path, data, *args, **kwargs)


ME = {"name-km": "ចាន់ សុខា", "name-en": "Chan Sokha", "username": "sokha.chan"}
ABOUT = {
    "title-en": "Supporting local councils",
    "title-km": "គាំទ្រក្រុមប្រឹក្សា",
    "objective-en": "Councils answer for what they do.",
    "since": "2026-01-01",
    "last": "2028-12-31",
    "organisation-en": "Rice Field NGO",
    "role": "coordinator",
    "sectors-0-code": "15112",
    "sectors-0-name": "Decentralisation",
    "sectors-0-percent": "60",
    "sectors-1-code": "15150",
    "sectors-1-name": "Democratic participation",
    "sectors-1-percent": "40",
}


# ── the key ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_in_an_empty_house_the_front_door_leads_to_the_choice_and_only_the_key_opens_it(db: None) -> None:
    client, key = Sender(), the_key()
    assert client.get("/").url == "/start/"  # type: ignore[attr-defined]
    for address in ("/start/", "/start/?key=", "/start/?key=guessed", "/start/mine/", "/start/demonstration/"):
        response = client.get(address)
        assert response.status_code == 403
        assert "address that the terminal shows" in response.content.decode()
    assert "My programme" in client.get(f"/start/?key={key}").content.decode()
    assert "កម្មវិធីរបស់ខ្ញុំ" in client.get(f"/km/start/?key={key}").content.decode()


def test_the_key_lies_in_the_home_for_its_owner_alone_and_stays_the_same_until_it_is_used(db: None) -> None:
    key = the_key()
    file = Path(settings.LAAR_HOME) / "keys" / "start.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert the_key() == key
    forget_key()
    assert the_key() != key


def test_without_a_file_no_key_fits_not_even_an_empty_one(db: None) -> None:
    assert Sender().get("/start/?key=").status_code == 403


def test_the_first_one_becomes_administrator_and_chooses_a_password_at_once(db: None) -> None:
    key = the_key()
    response = Sender().post(f"/start/mine/?key={key}", ME)
    assert response.url.startswith("/account/invitation/")  # type: ignore[attr-defined]
    user = User.objects.get()
    assert (user.username, user.name.km) == ("sokha.chan", "ចាន់ សុខា")
    role = Role.objects.get()
    assert (role.role, role.programme, role.place) == ("administrator", None, "")


def test_once_somebody_is_in_nobody_becomes_administrator_with_whatever_key(db: None) -> None:
    key = the_key()
    Sender().post(f"/start/mine/?key={key}", ME)
    for given in (key, the_key(), "guessed"):
        for path in ("/start/", "/start/mine/", "/start/demonstration/"):
            assert Sender().get(f"{path}?key={given}").status_code == 404, path
            assert Sender().post(f"{path}?key={given}", {**ME, "username": "thief"}).status_code in (404, 405)
    assert User.objects.count() == 1


def test_of_two_who_come_at_the_same_moment_one_is_refused(db: None) -> None:
    open_installation("one", name=Name(en="One"), token=new_token(), by=None, on=today())
    with refused("start.not_empty"):
        open_installation("two", name=Name(en="Two"), token=new_token(), by=None, on=today())
    assert not User.objects.filter(username="two").exists()


def test_what_was_typed_is_kept_where_the_user_name_can_not_be_one(db: None) -> None:
    response = Sender().post(f"/start/mine/?key={the_key()}", {**ME, "username": "Sokha Chan"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "can’t be a user name" in text or "can&#x27;t be a user name" in text
    assert 'value="Sokha Chan"' in text
    assert not User.objects.exists()


# ── the demonstration ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sleeper(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """A load that does nothing and takes long; ended after the test."""
    monkeypatch.setattr(demonstration, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(demonstration, "_started", [])
    yield demonstration._started  # type: ignore[misc]
    for process in demonstration._started:
        process.kill()
        process.wait()


def test_two_clicks_start_one_load_and_its_page_renews_itself_without_a_script(
    db: None, sleeper: list[subprocess.Popen[bytes]]
) -> None:
    address = f"/start/demonstration/?key={the_key()}"
    assert Sender().post(address).status_code == 302
    (first,) = sleeper
    assert Sender().post(address).status_code == 302
    assert sleeper == [first]
    note(Progress(first.pid, 42, "2008-05-01"))
    response = Sender().get(address)
    assert "42 percent" in response.content.decode()
    assert response["Refresh"].startswith("4; url=/start/demonstration/?key=")
    assert Sender().get("/start/demonstration/?key=guessed").status_code == 403


def test_a_load_that_failed_says_so_and_goes_on_by_a_click(
    db: None, sleeper: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/start/demonstration/?key={the_key()}"
    monkeypatch.setattr(demonstration, "COMMAND", (sys.executable, "-c", "import sys; sys.exit('The disk is full.')"))
    Sender().post(address)
    sleeper[0].wait()
    response = Sender().get(address)
    text = response.content.decode()
    assert "not loaded to its end" in text
    assert "The disk is full." in text
    assert "Refresh" not in response
    monkeypatch.setattr(demonstration, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    Sender().post(address)
    assert "is being loaded" in Sender().get(address).content.decode()


def test_a_load_of_a_server_before_this_one_is_known_by_its_process(db: None, sleeper: object) -> None:
    the_key()  # makes the home
    note(Progress(os.getpid(), 10, ""))
    assert demonstration.is_running()
    note(Progress(2**22 + 1, 10, ""))
    assert not demonstration.is_running()


@pytest.mark.long
def test_a_part_of_the_demonstration_is_really_loaded_and_its_page_leads_to_the_sheet(
    unmade: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "COMMAND", (*demonstration.COMMAND, "--communes", "210104"))
    with unmade._inside():
        prepare()
        address, client = f"/start/demonstration/?key={the_key()}", Sender()
        client.post(address)
        for _ in range(600):
            response = client.get(address)
            if response.status_code == 302:
                break
            assert "is being loaded" in response.content.decode()
            time.sleep(0.2)
        assert response.url == "/sheet/"  # type: ignore[attr-defined]
        assert "LAAR-DEMO" in {one.code for one in Programme.objects.all()}
        assert client.get("/start/").status_code == 404
        demonstration._started.pop().wait()


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


def states(programme: Programme | None) -> dict[str, str]:
    return {one.key: one.state for one in first_steps(programme)}


def test_every_step_stands_as_the_records_say(world: World) -> None:
    assert states(None)["programme"] == "todo"
    assert states(None)["about"] == "later"
    assert states(world.programme) == {
        "programme": "done",
        "about": "todo",
        "rates": "wait",
        "places": "done",
        "people": "done",
        "users": "done",
        "print": "later",
    }
    assert states(world.other)["places"] == "todo"
    assert states(world.other)["users"] == "wait"  # one person works there
    assert not Profile.objects.exists()


def signed_in(username: str = "boss", *, manages: Programme | None = None) -> Client:
    """A real administrator of this house, signed in; the second factor was set up before."""
    user = register_user(username, name=Name(en=username.capitalize()), by=None, on=DAY)
    invite_user(user, token=new_token(), by=None, on=DAY)
    grant_role(user, role="administrator", programme=None, since=DAY, by=None, on=DAY)
    if manages:
        grant_role(user, role="manager", programme=manages, since=DAY, by=None, on=DAY)
    client = Sender()
    client.force_login(user)
    return client


@pytest.fixture
def no_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tested with the accounts; here it would only stand in the way."""
    monkeypatch.setattr("laar.desk.account.middleware.needs_second_factor", lambda _user, _eyes: False)


def test_today_counts_the_first_steps_to_an_administrator_and_in_no_demonstration(
    world: World, no_second_factor: None
) -> None:
    client = signed_in()
    session = client.session
    session["programme"] = "OTHER"
    session.save()
    assert "2 of 7 first steps are done" in client.get("/today/").content.decode()
    session["programme"] = "TEST"
    session.save()
    assert "first steps are done" not in client.get("/today/").content.decode()


# ── the whole way ───────────────────────────────────────────────────────────────────────────────────────────────────


def sent(client: Client, path: str, data: dict[str, object]) -> str:
    """Send a form that has to be accepted, and return where it leads."""
    response = client.post(path, data)
    assert response.status_code == 302, response.content.decode()
    return str(response.url)  # type: ignore[attr-defined]


def workbook(*lines: str) -> SimpleUploadedFile:
    """A filled-in sheet: `kind|name_km|name_en|sex|place` in each line."""
    paper = io.BytesIO()
    with xlsxwriter.Workbook(paper, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(["|".join(COLUMNS), *lines]):
            sheet.write_row(number, 0, line.split("|"))
    return SimpleUploadedFile("people.xlsx", paper.getvalue())


def places_file(text: str = GAZETTEER) -> SimpleUploadedFile:
    return SimpleUploadedFile("places.csv", text.encode())


def test_from_an_empty_house_to_the_printed_sheet(db: None, no_second_factor: None) -> None:
    client = Sender()
    link = sent(client, f"/start/mine/?key={the_key()}", ME)
    sent(client, link, {"password1": PASSWORD, "password2": PASSWORD})
    assert "0 of 7 first steps are done" in client.get("/today/").content.decode()
    assert "0 of 7 are done" in client.get("/first-steps/").content.decode()

    onward = sent(
        client,
        "/first-steps/programme/",
        {"name-en": "Rice", "name-km": "ស្រូវ", "code": "RICE", "currency": "EUR", "manages": "yes"},
    )
    assert "Found the programme" in client.get(onward).content.decode()
    programme = Programme.objects.get()
    assert set(Role.objects.values_list("role", "programme")) == {("administrator", None), ("manager", programme.pk)}

    sent(client, "/first-steps/about/", ABOUT)
    assert "Supporting local councils" in client.get("/sheet/").content.decode()

    sent(
        client,
        "/first-steps/rates/",
        {"base": "EUR", "currency": "USD", "rate": "1.085", "since": "2026-01-01", "source": "InforEuro"},
    )
    assert "1 EUR = 1.085 USD" in client.get("/first-steps/rates/").content.decode()

    sent(client, "/first-steps/places/", {"load": "load", "files": places_file()})
    assert "Angkor Borei" in client.get("/first-steps/places/?in=21").content.decode()
    sent(
        client,
        "/first-steps/places/?in=2101",
        {"choose": "choose", "commune": ["210101", "210102"], "since": "2026-01-01"},
    )
    assert Location.objects.filter(programme=programme).count() == 2

    preview = sent(
        client, "/first-steps/people/", {"file": workbook("person|សុខ||Woman / ស្ត្រី|210101", "shg||Group||210102")}
    )
    text = client.get(preview).content.decode()
    assert "new: 2 · already there: 0 · wrong: 0" in text
    applied = {"apply": "apply", "sheet": parse_qs(urlsplit(preview).query)["sheet"][0]}
    assert "New in the register: 2" in client.get(sent(client, "/first-steps/people/", applied)).content.decode()
    assert sent(client, "/first-steps/people/", applied)  # a second click
    assert Party.objects.count() == 3  # and the organisation

    assert states(programme) == {**dict.fromkeys(states(programme), "done"), "users": "wait"}
    assert "6 of 7 first steps are done" in client.get("/today/").content.decode()
    page = client.get("/first-steps/print/").content.decode()
    pdf = client.get(re.findall(r'href="(/sheet.pdf)"', page)[0])
    assert pdf.content.startswith(b"%PDF")
    for path in ("", "programme/", "about/", "rates/", "places/", "people/", "print/"):
        assert client.get(f"/km/first-steps/{path}").status_code == 200


@pytest.fixture
def founded(world: World, no_second_factor: None) -> Client:
    """An administrator of the house who looks at the second programme of the small world."""
    client = signed_in(manages=world.other)
    session = client.session
    session["programme"] = "OTHER"
    session.save()
    return client


def test_sectors_that_are_not_whole_are_refused_and_nothing_of_it_is_kept(founded: Client) -> None:
    before = Party.objects.count()
    response = founded.post("/first-steps/about/", {**ABOUT, "sectors-1-percent": "30"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "add up to 90 %" in text
    assert "Decentralisation" in text
    assert (Profile.objects.count(), Party.objects.count()) == (0, before)


def test_more_rows_for_sectors_keep_what_was_typed_and_judge_nothing(founded: Client) -> None:
    text = founded.post("/first-steps/about/", {**ABOUT, "title-en": "", "title-km": "", "rows": "4", "more": "more"})
    assert text.status_code == 200
    assert 'name="sectors-5-code"' in text.content.decode()
    assert "Decentralisation" in text.content.decode()
    assert "Not done" not in text.content.decode()


def test_the_same_form_twice_is_one_rate_and_a_wrong_one_keeps_what_was_typed(founded: Client) -> None:
    data = {"base": "EUR", "currency": "USD", "rate": "1.085", "since": "2026-01-01", "source": "InforEuro"}
    nonce = {"nonce": "5f0c0d5a-57ac-4a7e-9f5e-0a8f6f1a3d11"}
    assert sent(founded, "/first-steps/rates/", data | nonce) == sent(founded, "/first-steps/rates/", data | nonce)
    assert Rate.objects.count() == 1
    response = founded.post("/first-steps/rates/", {**data, "rate": "0"})
    assert response.status_code == 422
    assert "InforEuro" in response.content.decode()


def test_a_code_of_a_programme_fits_into_an_address(founded: Client) -> None:
    data = {"name-en": "X", "code": "a/b", "currency": "EUR", "manages": "no"}
    response = founded.post("/first-steps/programme/", data)
    assert response.status_code == 422
    assert not Programme.objects.filter(code="a/b").exists()


def test_a_gazetteer_with_a_wrong_line_names_it_and_the_same_file_again_changes_nothing(founded: Client) -> None:
    wrong = founded.post("/first-steps/places/", {"load": "load", "files": places_file(GAZETTEER + "2,ក,X\n")})
    assert wrong.status_code == 422
    assert "line 7" in wrong.content.decode()
    assert founded.post("/first-steps/places/", {"load": "load"}).status_code == 422
    assert sent(founded, "/first-steps/places/", {"load": "load", "files": places_file()})


def test_a_commune_is_chosen_once_and_only_from_its_district(founded: Client, world: World) -> None:
    data = {"choose": "choose", "commune": ["210101", "990101"], "since": "2026-01-01"}
    done = sent(founded, "/first-steps/places/?in=2101", data)
    assert "Recorded." in founded.get(done).content.decode()
    assert list(Location.objects.filter(programme=world.other).values_list("place__code", flat=True)) == ["210101"]
    again = founded.post("/first-steps/places/?in=2101", data)
    assert again.status_code == 422
    assert "not chosen yet" in again.content.decode()


def test_each_wrong_line_of_a_sheet_is_named_and_nothing_is_registered(founded: Client) -> None:
    before = Party.objects.count()
    sheet = workbook("person||Good|Woman|210101", "persson||Two|x|210101", "person|||Man|999999")
    preview = sent(founded, "/first-steps/people/", {"file": sheet})
    text = founded.get(preview).content.decode()
    for said in (
        "Line 3",
        "Line 4",
        "is not a kind",
        "is not understood",
        "There is no name",
        "no place with the code",
    ):
        assert said in text
    assert 'name="apply"' not in text
    applied = {"apply": "apply", "sheet": parse_qs(urlsplit(preview).query)["sheet"][0]}
    refused_page = founded.post("/first-steps/people/", applied)
    assert refused_page.status_code == 422
    assert "2 lines are wrong" in refused_page.content.decode()
    assert Party.objects.count() == before


def test_the_same_file_twice_has_nothing_to_do(founded: Client) -> None:
    lines = ("person||Good|Woman|210101", "donor||Rain Fund||")
    for said in ("Register all new ones", "There is nothing to do"):
        preview = sent(founded, "/first-steps/people/", {"file": workbook(*lines)})
        assert said in founded.get(preview).content.decode()
        founded.post("/first-steps/people/", {"apply": "apply", "sheet": parse_qs(urlsplit(preview).query)["sheet"][0]})
    assert Party.objects.filter(name_en__in=["Good", "Rain Fund"]).count() == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x00\xff" * 2_600_000, "larger than 4 MB"),
        (b"PK\x03\x04 nothing", "as an Excel workbook"),
        (b"kind,name\nperson,X\n", "has no column"),
        (b"", "has no column"),
    ],
    ids=["garbage", "half", "other-columns", "empty"],
)
def test_a_file_that_is_no_sheet_is_refused_at_once_and_not_kept(founded: Client, content: bytes, says: str) -> None:
    name = "people.csv" if content[:2] != b"PK" else "people.xlsx"
    file = SimpleUploadedFile(name, content) if content else None
    response = founded.post("/first-steps/people/", {"file": file} if file else {})
    assert response.status_code == 422
    assert (says if content else "Choose a file first") in response.content.decode()
    assert not (Path(settings.LAAR_HOME) / "uploads").exists()


def test_what_somebody_else_sent_can_not_be_applied_and_what_is_old_is_gone(founded: Client, world: World) -> None:
    preview = sent(founded, "/first-steps/people/", {"file": workbook("donor||Rain Fund||")})
    sheet = parse_qs(urlsplit(preview).query)["sheet"][0]
    other = Sender()
    other.force_login(world.manager, backend=SIDE_DOOR)
    for client, given in ((other, sheet), (founded, sheet[:-2]), (founded, "")):
        assert client.post("/first-steps/people/", {"apply": "apply", "sheet": given}).status_code == 410
    (kept,) = (Path(settings.LAAR_HOME) / "uploads").iterdir()
    long_ago = kept.stat().st_mtime - timedelta(days=2).total_seconds()
    os.utime(kept, (long_ago, long_ago))
    put(b"another")
    assert founded.post("/first-steps/people/", {"apply": "apply", "sheet": sheet}).status_code == 410
    assert not Party.objects.filter(name_en="Rain Fund").exists()
