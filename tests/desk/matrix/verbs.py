"""The addresses at which things are done: who may know of a record gets its form, or is told why not (403, 409)."""

from __future__ import annotations

from tests.desk.matrix.readers import OWN_AREA
from tests.desk.matrix.row import Row


def _all_but(*may: str) -> tuple[str, ...]:
    return tuple(reader for reader in OWN_AREA if reader not in may)


ROWS: dict[str, list[Row]] = {
    "do_new": [
        Row(
            "/do/event.announce/",
            ("manager", "monitoring", "clerk", "ang", "ba", "stranger"),
            others=403,
            anonymous=302,
        ),
        Row("/do/tranche.steal/", anonymous=302),
    ],
    "do": [
        Row(
            "/do/request.correct/request/{request}/",
            OWN_AREA,
            forbidden=_all_but("manager", "monitoring", "clerk", "ang"),
            anonymous=302,
        ),
        Row(
            "/do/voucher.bring/tranche/{tranche}/",
            OWN_AREA,
            forbidden=_all_but("manager", "clerk", "ang"),
            anonymous=302,
        ),
    ],
}
