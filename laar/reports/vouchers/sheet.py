"""A document of the books, or an entry that stands on none, as the sheet of paper that people know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from laar.base.models import User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.numerals import in_words
from laar.ledger.models import Book, Document, DocumentLine, Entry, Posting
from laar.ledger.queries import amount_of, lines_of, postings_of, rate_in_words
from laar.ledger.rules import DOCUMENT, DOCUMENTS
from laar.reports.vouchers.setting import both, day, figure, set_on_paper
from laar.results.documents import rates_of

#: Who signs, and puts a thumbprint where signing is not usual.
SIGNS = {
    "prepared": Name(en="Prepared by", km="រៀបចំដោយ"),
    "approved": Name(en="Approved by", km="អនុម័តដោយ"),
    "paid": Name(en="Paid by", km="បង់ដោយ"),
    "received": Name(en="Received by", km="ទទួលដោយ"),
}
SAID = {
    "number": Name(en="No.", km="លេខ"),
    "day": Name(en="Date", km="កាលបរិច្ឆេទ"),
    "paid": Name(en="Posted on", km="ចុះបញ្ជីថ្ងៃ"),
    "payee": Name(en="Paid to / received from", km="បង់ជូន / ទទួលពី"),
    "text": Name(en="For", km="សម្រាប់"),
    "amount": Name(en="Amount", km="ចំនួនទឹកប្រាក់"),
    "words": Name(en="In words", km="ជាអក្សរ"),
    "account": Name(en="Account", km="គណនី"),
    "fund": Name(en="Fund, place", km="មូលនិធិ ទីកន្លែង"),
    "line": Name(en="Budget line", km="បន្ទាត់ថវិកា"),
    "debit": Name(en="Debit", km="ឥណពន្ធ"),
    "credit": Name(en="Credit", km="ឥណទាន"),
    "due": Name(en="Due on", km="ថ្ងៃកំណត់"),
    "settles": Name(en="Accounts for", km="ទូទាត់"),
    "reverses": Name(en="Undoes", km="បញ្ច្រាស"),
    "basis": Name(en="Valued by", km="វាយតម្លៃតាម"),
    "rate": Name(en="Rate", km="អត្រា"),
    "thumb": Name(en="thumbprint", km="ស្នាមមេដៃ"),
    "signature": Name(en="signature, name, date", km="ហត្ថលេខា ឈ្មោះ ថ្ងៃ"),
    "void": Name(en="Void", km="មោឃៈ"),
}


def document_as_pdf(document: Document, *, names_payee: bool = True) -> bytes:
    """A document as one sheet: what it is over in figures and words, its lines, who signs.

    `names_payee`: for who may know persons by name; on the sheet of anybody else the place of the payee is empty.
    """
    payee = document.payee_text or (document.payee.name.km or document.payee.name.en if document.payee else "")
    lines = list(lines_of(document))
    more = {
        "payee": payee if names_payee else "",
        "state": both(DOCUMENT.states[document.state]),
        "is_void": document.state == "void",
        "reason": both(Name(en=document.reason_en, km=document.reason_km)),
        "facts": list(_facts(document)),
        "signs": _signs(document.prepared_by, document.approved_by, document.paid_by),
        "rates": rates_of({one.currency for one in lines if one.in_book is None}, document.book, document.on),
    }
    text = Name(en=document.text_en, km=document.text_km)
    return _set(
        book=document.book,
        kind=document.kind,
        number=document.number,
        on=document.on,
        text=text,
        lines=lines,
        amount=amount_of(document),
        more=more,
    )


def entry_as_pdf(entry: Entry, *, names_payee: bool = True) -> bytes:
    """An entry that was posted by a tranche, a voucher or a refund, as the same sheet; its document where it has one."""
    document = Document.objects.filter(entry=entry).first()
    if document:
        return document_as_pdf(document, names_payee=names_payee)
    lines = list(postings_of(entry).select_related("account", "fund", "purpose", "place", "line", "rate"))
    debits = [one for one in lines if one.units > 0]
    currency = debits[0].currency
    amount = Money(sum(one.units for one in debits if one.currency == currency), currency)
    rates = [rate_in_words(one.rate) for one in lines if one.rate]

    more = {
        "payee": "",
        "state": both(DOCUMENT.states["posted"]),
        "is_void": False,
        "reason": both(None),
        "facts": [],
        "signs": _signs(None, None, None),
        "rates": sorted(set(rates)),
    }
    text = Name(en=entry.text_en, km=entry.text_km)
    return _set(
        book=entry.book,
        kind=entry.kind,
        number=entry.document or str(entry.number),
        on=entry.on,
        text=text,
        lines=lines,
        amount=amount,
        more=more,
    )


def _set(
    *,
    book: Book,
    kind: str,
    number: str,
    on: Any,
    text: Name,
    lines: Sequence[DocumentLine | Posting],
    amount: Money,
    more: dict[str, Any],
) -> bytes:
    words = in_words(amount)
    data = {
        "title": both(DOCUMENTS[kind].name if kind else Name(en="Entry", km="ការចុះបញ្ជី")),
        "owner": both(book.owner.name),
        "book": both(book.name),
        "number": number,
        "on": on.isoformat(),
        "day": day(on),
        "text": both(text),
        "amount": figure(amount),
        "words": {"km": words.km, "en": words.en.capitalize()},
        "lines": [_line(one) for one in lines],
        "said": {key: {"km": name.km, "en": name.en} for key, name in SAID.items()},
        **more,
    }
    return set_on_paper("voucher.typ", data)


def _line(line: DocumentLine | Posting) -> dict[str, Any]:
    money = figure(Money(abs(line.units), line.currency))
    return {
        "account": {**both(line.account.name), "code": line.account.code},
        "fund": both(line.fund.name),
        "place": both(line.place.name) if line.place else both(None),
        "line": both(line.line.name) if line.line else both(None),
        "debit": money if line.units > 0 else "",
        "credit": money if line.units < 0 else "",
    }


def _facts(document: Document) -> Any:
    """What else a document says, where it says it: each with its label."""
    if document.entry:
        yield {"label": _label("paid"), "value": day(document.entry.on)}
    if document.due_on:
        yield {"label": _label("due"), "value": day(document.due_on)}
    if document.settles:
        yield {"label": _label("settles"), "value": {"km": document.settles.number, "en": ""}}
    if document.reverses:
        yield {"label": _label("reverses"), "value": {"km": document.reverses.number, "en": ""}}
    if document.basis:
        yield {"label": _label("basis"), "value": {"km": document.basis, "en": ""}}


def _label(key: str) -> dict[str, str]:
    return {"km": SAID[key].km, "en": SAID[key].en}


def _signs(prepared: User | None, approved: User | None, paid: User | None) -> list[dict[str, Any]]:
    names = {"prepared": prepared, "approved": approved, "paid": paid, "received": None}
    return [
        {"role": {"km": SIGNS[key].km, "en": SIGNS[key].en}, "name": both(user.name) if user else both(None)}
        for key, user in names.items()
    ]
