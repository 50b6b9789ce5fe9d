"""What these screens share: whose books are shown, the file that was sent and waits, and what was done a moment ago."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from laar.base import uploads
from laar.base.access import Permission, visible
from laar.base.clock import now
from laar.base.models import Programme, User
from laar.base.queries import line_of_command
from laar.base.rules import verb_of
from laar.desk.page import programme, reader, signed_in
from laar.desk.verbs.sent import command_of
from laar.kit.money import Money
from laar.kit.periods import Period, month
from laar.kit.refusals import Refusal
from laar.kit.sheets import MOST_BYTES
from laar.ledger.models import Account, Book, ColumnMapping
from laar.ledger.queries import account_called

#: Under which the name of a file that waits is signed.
SALT = "laar.books.file"


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose books are shown to whom."""

    user: User
    programme: Programme
    book: Book


def shown(request: HttpRequest) -> Shown:
    """The own book of the programme at which this reader looks. Raises Refusal `record.not_found`."""
    who, here = signed_in(request), programme(request)
    books = Book.objects.filter(programme=here, is_memorandum=False).select_related("owner", "programme")
    book = visible(reader(request), books).order_by("code").first()
    if book is None:
        raise Refusal("record.not_found")
    return Shown(who, here, book)


def account_shown(request: HttpRequest, code: str, use: str) -> tuple[Shown, Account]:
    """A cash box or bank account of the programme. Raises Refusal `record.not_found`."""
    here = shown(request)
    return here, account_called(here.programme, code, use)


def may(user: User, verb: str, record: Any) -> bool:
    """Whether a button for this is of any use."""
    return Permission(user, verb_of(verb), now()).reaches(record)


def month_asked(request: HttpRequest, usual: date) -> Period:
    """The month that the address names, else that of a day. What is no month is the usual one."""
    try:
        return month(datetime.strptime(request.GET.get("month", ""), "%Y-%m").date())  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return month(usual)


def day_typed(text: str) -> date | None:
    """A day as a browser sends it; None where nothing, or no day, was typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def amount_typed(text: str, currency: str) -> Money:
    """An amount as somebody types it. Raises Refusal `money.not_an_amount`."""
    return Money.of(text, currency)


def mapping_chosen(here: Programme, kind: str, text: str) -> ColumnMapping:
    """The mapping with this key. Raises Refusal `record.not_found`."""
    found = ColumnMapping.objects.filter(programme=here, kind=kind, pk=int(text) if text.isdecimal() else 0).first()
    if found is None:
        raise Refusal("record.not_found")
    return found


def keep_sent(request: HttpRequest) -> str:
    """Keep the file that was sent, and name it, signed for this user; nothing where none was sent."""
    file = request.FILES.get("file")
    if file is None:
        return ""
    name = file.name or ""
    if (file.size or 0) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=name, most=MOST_BYTES // 2**20)
    return signing.dumps(
        {"digest": uploads.put(file.read()), "name": name[-80:], "user": signed_in(request).pk}, salt=SALT
    )


def kept_file(request: HttpRequest, sheet: str) -> tuple[bytes, str]:
    """The file that waits, and its name. Raises Refusal `upload.gone`."""
    try:
        known = signing.loads(sheet, salt=SALT, max_age=uploads.KEPT_FOR)
    except signing.BadSignature:
        raise Refusal("upload.gone") from None
    if known["user"] != signed_in(request).pk:
        raise Refusal("upload.gone")
    return uploads.read(known["digest"]), known["name"]


def done_here(request: HttpRequest) -> dict[str, Any]:
    """What every page of these shows after something was done, and the id of the next command."""
    return {"done": line_of_command(request.GET.get("done", ""), signed_in(request)), "nonce": str(uuid4())}


def carried_out(request: HttpRequest, where: str, do: Callable[[UUID], object]) -> HttpResponse:
    """Do what a button asks for as its command, and go on to a page that says so."""
    command = command_of(request)
    do(command)
    joined = "&" if "?" in where else "?"
    return redirect(f"{where}{joined}done={command}")
