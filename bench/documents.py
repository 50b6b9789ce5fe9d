"""What a document costs: the sheet of the demonstration as PDF and Word, in processor time, first and once more.

`python -m bench.documents`, in a home that has the demonstration; `python -m bench` makes one for it.
"""

from __future__ import annotations

import os

import django


def main() -> None:
    """Print a table: milliseconds from the records to the file; the first time the fonts are read, too."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laar.settings")
    django.setup()
    from bench.clock import cpu  # noqa: PLC0415 - after django.setup()
    from laar.base.clock import today  # noqa: PLC0415
    from laar.base.queries import programme_of  # noqa: PLC0415
    from laar.base.readers import reader_as  # noqa: PLC0415
    from laar.reports.documents import FORMATS, address_of, document_of  # noqa: PLC0415
    from laar.reports.factsheet import sheet_of  # noqa: PLC0415

    programme = programme_of()
    show_page()

    def seconds(ending: str, lang: str) -> float:
        start = cpu()
        sheet = sheet_of(programme)
        assert sheet is not None
        eyes = reader_as("manager", programme)
        FORMATS[ending].made(document_of(sheet, "eu", lang, eyes=eyes, on=today(), link=address_of))
        return cpu() - start

    print(f"\n{'the reference sheet of the demonstration':48}{'first':>11}{'again':>10}")
    for ending in FORMATS:
        for lang in ("en", "km"):
            first, again = seconds(ending, lang), min(seconds(ending, lang) for _ in range(5))
            print(f"{f'{ending}, {lang}':48}{first * 1000:>8,.0f} ms{again * 1000:>7,.0f} ms")


def show_page() -> None:
    """Print what the page of the sheet asks of the database, and how heavy it is before compression."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})
    for path in ("/", "/km/"):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(path)
        print(f"{f'the sheet at {path}':48}{len(asked):>8} queries{len(page.content) / 1000:>8,.1f} KB")


if __name__ == "__main__":
    main()
