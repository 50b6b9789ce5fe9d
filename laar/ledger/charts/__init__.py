"""Charts as data: budget headings and accounts, read from a file – one of ours beside this text, or a user's own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.kit.sheets import Row, rows_of
from laar.ledger.rules import ACCOUNT_KINDS, ACCOUNT_USES, HEADING_ROLES

HEADING_COLUMNS = ("code", "parent", "role", "most", "name_en", "name_km")
ACCOUNT_COLUMNS = ("code", "kind", "use", "currency", "name_en", "name_km")

#: The budget forms that come with LAAR, and what they are called.
FORMS = {
    "eu": Name(en="Form of the European Union", km="ទម្រង់សហភាពអឺរ៉ុប"),
    "small-grant": Name(en="Form of a small grant", km="ទម្រង់ជំនួយតូច"),
    "commune": Name(en="Budget of a commune, by chapters", km="ថវិកាឃុំ តាមជំពូក"),
}

refusal(
    "chart.line_wrong",
    en="{file}, line {line}: {column} is “{value}”. {known}",
    km="{file} បន្ទាត់ទី {line}៖ {column} គឺ «{value}»។ {known}",
    status=422,
)
_ONE_OF = Name(en="Write one of: {known}.", km="សូមសរសេរមួយក្នុងចំណោម៖ {known}។")
_ONCE = Name(en="Each code stands once; write another.", km="កូដនីមួយៗមានតែម្ដង; សូមសរសេរផ្សេង។")
_ABOVE = Name(en="Name a code of a line above it.", km="សូមសរសេរកូដនៃបន្ទាត់ខាងលើ។")
_NEEDED = Name(en="This is needed; fill it in.", km="ត្រូវការទិន្នន័យនេះ; សូមបំពេញ។")
_PERCENT = Name(en="Write hundredths of a percent, 700 for 7 %.", km="សូមសរសេរជាភាគរយនៃមួយភាគរយ 700 សម្រាប់ 7 %។")


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading as a file has it."""

    code: str
    parent: str
    role: str
    most: int | None
    name: Name


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as a file has it."""

    code: str
    kind: str
    use: str
    currency: str
    name: Name


def own_file(name: str) -> bytes:
    """A data file that comes with LAAR: `headings-eu.csv`, `accounts-ngo.csv`."""
    return files(__package__).joinpath(name).read_bytes()


def headings_in(data: bytes, file: str) -> list[HeadingRow]:
    """The headings of a file, each below one that stands above it. Raises Refusal with the line that is wrong."""
    found: dict[str, HeadingRow] = {}
    for row in rows_of(data, columns=HEADING_COLUMNS, file=file):
        _code(row, found, file)
        if row["parent"] and row["parent"] not in found:
            raise _wrong(row, "parent", file, _ABOVE)
        if row["role"] and row["role"] not in HEADING_ROLES:
            raise _wrong(row, "role", file, _ONE_OF.format(known=", ".join(HEADING_ROLES)))
        if row["most"] and not row["most"].isdecimal():
            raise _wrong(row, "most", file, _PERCENT)
        found[row["code"]] = HeadingRow(
            row["code"], row["parent"], row["role"], int(row["most"]) if row["most"] else None, _name(row)
        )
    return list(found.values())


def accounts_in(data: bytes, file: str) -> list[AccountRow]:
    """The accounts of a file. Raises Refusal with the line that is wrong."""
    found: dict[str, AccountRow] = {}
    for row in rows_of(data, columns=ACCOUNT_COLUMNS, file=file):
        _code(row, found, file)
        if row["kind"] not in ACCOUNT_KINDS:
            raise _wrong(row, "kind", file, _ONE_OF.format(known=", ".join(ACCOUNT_KINDS)))
        if row["use"] and row["use"] not in ACCOUNT_USES:
            raise _wrong(row, "use", file, _ONE_OF.format(known=", ".join(ACCOUNT_USES)))
        found[row["code"]] = AccountRow(row["code"], row["kind"], row["use"], row["currency"], _name(row))
    return list(found.values())


def _code(row: Row, found: dict[str, HeadingRow] | dict[str, AccountRow], file: str) -> None:
    if not row["code"]:
        raise _wrong(row, "code", file, _NEEDED)
    if row["code"] in found:
        raise _wrong(row, "code", file, _ONCE)
    if not row["name_en"] and not row["name_km"]:
        raise _wrong(row, "name_en", file, _NEEDED)


def _name(row: Row) -> Name:
    return Name(en=row["name_en"] or row["name_km"], km=row["name_km"])


def _wrong(row: Row, column: str, file: str, known: Name) -> Refusal:
    return Refusal("chart.line_wrong", file=file, line=row.number, column=column, value=row[column], known=known)
