"""What a list costs with 300,000 records behind it, beside a view that does nothing: `python -m bench.lists OUT ROWS`.

Both are asked of the real server and go through the same middleware, in alternating rounds; processor time of the server.
At most 20 times as much, 8 is the aim.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from secrets import token_urlsafe

import django
from django.core.management import call_command

#: What is asked for; `deep` is the sign of a page in the middle.
PAGES = (
    ("nothing, but who is signed in", "/whoever/"),
    ("events, first page", "/lists/events/"),
    ("events, first page, Khmer", "/km/lists/events/"),
    ("events, a page in the middle", "/lists/events/?after={deep}"),
    ("events of one kind, to be narrowed", "/lists/events/?kind=forum"),
    ("events of a place without any", "/lists/events/?place=2101"),
    ("requests with their five words", "/lists/requests/"),
)


def main(out: str, rows: int) -> None:
    """Fill a database, measure the pages, write the results as JSON."""
    os.environ.setdefault("LAAR_SECRET_KEY", token_urlsafe(50))  # so that the server knows who is signed in
    django.setup()
    from bench.filled import fill  # noqa: PLC0415 - after django.setup()
    from bench.pages import beside_nothing, served  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    deep = fill(rows)

    with served("manager") as pages:
        results = [beside_nothing(pages, name, path.format(deep=deep)) for name, path in PAGES]
    Path(out).write_text(json.dumps({"rows": rows, "results": results}), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
