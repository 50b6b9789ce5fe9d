"""What the books' pages cost and weigh, beside a view that does nothing: `python -m bench.bookpages OUT POSTINGS`.

Three communes, a budget of 360 lines, a twelfth of the postings on each of twelve accounts. As a list: at most 20 times
as much, 8 is the aim; and at most 60 KB before compression.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from secrets import token_urlsafe

import django
from django.core.management import call_command

COMMUNES = 3
#: How often a page is asked for in a round: these are heavier than a list.
TIMES = 20
PAGES = (
    ("the books, Khmer", "/km/books/"),
    ("trial balance", "/books/statements/trial-balance/"),
    ("journal of a month, Khmer", "/km/books/statements/journal/"),
    ("ledger of an account, all years, Khmer", "/km/books/statements/ledger/?account=B06&since="),
    ("ledger, a page in the middle", "/books/statements/ledger/?account=B06&since=&from=8000"),
    ("entries, Khmer", "/km/lists/entries/"),
    ("budgets", "/books/budgets/"),
    ("a budget, Khmer", "/km/books/budgets/B/"),
    ("a budget line", "/records/budgetline/5/"),
    ("an account", "/records/account/12/"),
)


def main(out: str, postings: int) -> None:
    """Fill a database, measure the pages, write the results as JSON."""
    os.environ.setdefault("LAAR_SECRET_KEY", token_urlsafe(50))  # so that the server knows who is signed in
    django.setup()
    from bench.ledgers import fill  # noqa: PLC0415 - after django.setup()
    from bench.pages import beside_nothing, served  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    fill(postings, COMMUNES)
    with served("finance") as pages:
        results = [beside_nothing(pages, name, path, TIMES) for name, path in PAGES]
    Path(out).write_text(json.dumps({"rows": postings, "results": results}), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
