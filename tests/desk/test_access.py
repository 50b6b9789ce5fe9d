"""Every address × every reader answers as the table says; an address without a row fails."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from laar.base.queries import evidence_of
from laar.desk.urls import urlpatterns
from tests.thread import Thread
from tests.world import World

#: own: the commune of the thread is Angkor Borei, where "ang" works.
READERS = ("manager", "finance", "ang", "ba", "stranger", "nobody", "")
EVERYBODY = dict.fromkeys(READERS, 200)
WHOLE = {"manager": 200, "finance": 200}
OWN_AREA = {**WHOLE, "ang": 200}

#: By name of the address: what to ask for, and who gets it; everybody else is told that there is no such page.
TABLE: dict[str, list[tuple[str, dict[str, int]]]] = {
    "sheet": [("/", EVERYBODY)],
    # Nobody has written here what the programme is about; what they show otherwise: tests/desk/test_documents.py.
    "consultant": [("/consultant/", dict.fromkeys(READERS, 404))],
    "sheet_file": [("/sheet.pdf", dict.fromkeys(READERS, 404)), ("/sheet.docx", dict.fromkeys(READERS, 404))],
    "consultant_file": [
        ("/consultant.pdf", dict.fromkeys(READERS, 404)),
        ("/consultant.exe", dict.fromkeys(READERS, 404)),
    ],
    "figure": [("/figures/TEST/oa.support/", EVERYBODY)],
    "books": [("/books/", EVERYBODY)],  # a list of those books that the reader may see
    "book": [("/books/TEST/MAIN/", WHOLE)],
    "record": [
        ("/records/tranche/{tranche}/", OWN_AREA),
        ("/records/request/{request}/", OWN_AREA),
        ("/records/entry/{entry}/", WHOLE),
        ("/records/fund/{fund}/", WHOLE),
    ],
    "evidence": [("/evidence/{evidence}/", OWN_AREA)],
    "open": [
        ("/evidence/{evidence}/open/", dict.fromkeys(READERS, 405))
    ],  # what a form sends: tests/desk/test_privacy.py
}


def test_every_address_has_a_row() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(TABLE)


@pytest.mark.parametrize("prefix", ["", "/km"])
def test_every_reader_gets_what_the_table_says(world: World, monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    thread = Thread(world).to("accept_voucher")
    voucher = thread.first.vouchers.get()
    keys = {
        "tranche": thread.first.pk,
        "request": thread.request.pk,
        "entry": thread.first.entry_id,
        "fund": world.fund.pk,
        "evidence": evidence_of(voucher).get().evidence.uid,
    }
    for rows in TABLE.values():
        for path, allowed in rows:
            for reader in READERS:
                monkeypatch.setattr(settings, "LAAR_READER", reader)
                asked = prefix + path.format(**keys)
                response = Client().get(asked)
                list(getattr(response, "streaming_content", ()))  # read to its end, which closes the file
                assert response.status_code == allowed.get(reader, 404), (reader, asked)
