"""Every address × every reader answers as the table says; an address without a row fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from laar.base.models import TrailLine
from laar.base.queries import evidence_of
from tests.desk.clients import client_of
from tests.desk.matrix import TABLE
from tests.desk.matrix.readers import READERS, invite_all
from tests.reports.budgets import budgeted, prepared
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.thread import Thread
from tests.world import World


def addresses(resolver: URLResolver) -> Iterator[str]:
    """The names of all addresses that the server answers."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern)
        else:
            assert isinstance(pattern, URLPattern)
            yield pattern.name or str(pattern.pattern)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(addresses(get_resolver())) == set(TABLE)


#: In the short run one of each kind: of the programme, of the money, of the area, of another one, from outside.
SOME = ("manager", "finance", "ang", "ba", "donor", "")
ASKING = [
    pytest.param("", SOME, id="some"),
    pytest.param("", tuple(reader for reader in READERS if reader not in SOME), id="others", marks=pytest.mark.long),
    pytest.param("/km", READERS, id="in Khmer", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("prefix", "readers"), ASKING)
def test_every_reader_gets_what_the_table_says(world: World, prefix: str, readers: tuple[str, ...]) -> None:
    thread = Thread(world).to("accept_voucher")
    voucher = thread.first.vouchers.get()
    keys = {
        "tranche": thread.first.pk,
        "request": thread.request.pk,
        "plan": thread.plan.pk,
        "project": thread.project.pk,
        "event": thread.forum.pk,
        "entry": thread.first.entry_id,
        "fund": world.fund.pk,
        "line": TrailLine.objects.get(verb="tranche.pay").pk,
        "evidence": evidence_of(voucher).get().evidence.uid,
        "finance": prepared(world, budgeted(world)).pk,
    }
    invite_all(world)
    clients = {reader: client_of(reader) for reader in readers}
    wrong = []
    for rows in TABLE.values():
        for row in rows:
            for reader, client in clients.items():
                asked = prefix + row.path.format(**keys)
                response = client.get(asked)
                list(getattr(response, "streaming_content", ()))  # read to its end, which closes the file
                if response.status_code != row.expected(reader):
                    wrong.append((reader, asked, response.status_code, row.expected(reader)))
    assert not wrong, "\n".join(map(str, wrong))
