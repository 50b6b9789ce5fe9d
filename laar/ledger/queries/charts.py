"""How a file of headings or accounts differs from what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laar.base.models import Programme
from laar.kit.names import Name
from laar.ledger.charts import AccountRow, HeadingRow
from laar.ledger.models import Account, Book, Heading

#: What loading the file does about a difference.
NEW = Name(en="is new", km="ថ្មី")
CHANGED = Name(en="is written as in the file", km="ត្រូវសរសេរតាមឯកសារ")
STAYS = Name(en="stays as it is: money may stand on it", km="នៅដដែល៖ អាចមានប្រាក់លើវា")
ABSENT = Name(en="is not in the file and stays", km="គ្មានក្នុងឯកសារ ហើយនៅដដែល")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a file and what is there, and what loading does about it."""

    code: str
    what: Name
    here: str
    file: str


def heading_differences(programme: Programme, chart: str, rows: Sequence[HeadingRow]) -> list[Difference]:
    """What loading a file of headings would change; empty where it was loaded before."""
    known = {one.code: one for one in Heading.objects.filter(programme=programme, chart=chart).select_related("parent")}
    found = []
    for row in rows:
        here = known.pop(row.code, None)
        if here is None:
            found.append(Difference(row.code, NEW, "", row.name.en))
        elif as_row(here) != row:
            found.append(Difference(row.code, CHANGED, said(as_row(here)), said(row)))
    return found + [Difference(code, ABSENT, one.name_en, "") for code, one in known.items()]


def account_differences(book: Book, rows: Sequence[AccountRow]) -> list[Difference]:
    """What loading a chart of accounts would change, and what it leaves: a kind and a currency are never changed."""
    known = {one.code: one for one in book.accounts.all()}
    found = []
    for row in rows:
        here = known.pop(row.code, None)
        if here is None:
            found.append(Difference(row.code, NEW, "", row.name.en))
            continue
        if (here.name_en, here.name_km) != (row.name.en, row.name.km):
            found.append(Difference(row.code, CHANGED, here.name_en, row.name.en))
        if fixed(here) != (row.kind, row.use, row.currency):
            words = " ".join((row.kind, row.use, row.currency))
            found.append(Difference(row.code, STAYS, " ".join(fixed(here)), words))
    return found + [Difference(code, ABSENT, one.name_en, "") for code, one in known.items()]


def as_row(heading: Heading) -> HeadingRow:
    """A heading as a file would have it."""
    parent = heading.parent.code if heading.parent else ""
    name = Name(en=heading.name_en, km=heading.name_km)
    return HeadingRow(heading.code, parent, heading.role, heading.most, name)


def said(row: HeadingRow) -> str:
    """A heading in one line."""
    most = f" ≤ {row.most / 100:g} %" if row.most else ""
    return f"{row.name.en} / {row.name.km} ({row.parent or '–'}{' ' + row.role if row.role else ''}{most})"


def fixed(account: Account) -> tuple[str, str, str]:
    """What of an account is not changed by a file."""
    return account.kind, account.use, account.currency
