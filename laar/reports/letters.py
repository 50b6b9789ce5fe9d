"""The letter about an advance that is overdue, to a council or to whoever else has it: in Khmer or English, on one page."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from django.utils import translation

from laar.kit.names import Name
from laar.ledger.models import Document
from laar.projects.models import Tranche
from laar.projects.queries import Advance
from laar.registers.models import Party
from laar.reports import said
from laar.reports.documents.fonts import LATIN, typeface

TEMPLATE = Path(__file__).parent / "templates" / "documents" / "letter.typ"

SUBJECT = Name(en="Advance to be accounted for: {what}", km="បុរេប្រទានដែលត្រូវទូទាត់៖ {what}")
TO = Name(en="To: {who}", km="ជូនចំពោះ៖ {who}")
DEAR = Name(en="Dear members of the council,", km="សូមគោរពជូន ឯកឧត្តម លោកជំទាវ លោក លោកស្រី ជាសមាជិកក្រុមប្រឹក្សា")
TRANCHE_PAID = Name(
    en="On {paid_on} {amount} was paid to you as {what}, by agreement {agreement}.",
    km="នៅថ្ងៃ {paid_on} ប្រាក់ចំនួន {amount} ត្រូវបានបង់ជូនលោកអ្នក ជា {what} តាមកិច្ចព្រមព្រៀងលេខ {agreement}។",
)
PAID = Name(
    en="On {paid_on} {amount} was advanced to you: {what}.",
    km="នៅថ្ងៃ {paid_on} ប្រាក់ចំនួន {amount} ត្រូវបានបើកជាបុរេប្រទានជូនលោកអ្នក៖ {what}។",
)
OVERDUE = Name(
    en="It was to be accounted for by {due}. {open} of it is neither covered by accepted vouchers nor paid back; "
    "it is {overdue} days overdue.",
    km="ប្រាក់នេះត្រូវទូទាត់ត្រឹមថ្ងៃ {due}។ ចំនួន {open} មិនទាន់មានប័ណ្ណចំណាយទទួលស្គាល់ ហើយក៏មិនទាន់បង្វិលដែរ; ហួសកាលកំណត់ {overdue} ថ្ងៃហើយ។",
)
VOUCHERS_ASKED = Name(
    en="Please bring the vouchers for what was spent, or pay back what is left, within two weeks of this letter. "
    "If a paper is missing, tell the facilitator: we will look for a way together. Until then the next tranche can't "
    "be requested.",
    km="សូមប្រមូលប័ណ្ណចំណាយសម្រាប់អ្វីដែលបានចាយ ឬបង្វិលប្រាក់ដែលនៅសល់ ក្នុងរយៈពេលពីរសប្ដាហ៍គិតពីថ្ងៃនៃលិខិតនេះ។ "
    "បើខ្វះឯកសារ សូមប្រាប់អ្នកសម្របសម្រួល៖ យើងនឹងរកវិធីរួមគ្នា។ រហូតដល់ពេលនោះ មិនអាចស្នើសុំដំណាក់កាលបន្ទាប់បានទេ។",
)
RECEIPTS_ASKED = Name(
    en="Please bring the receipts for what was spent, or pay back what is left, within two weeks of this letter. If a "
    "receipt is missing, tell the finance officer: we will look for a way together.",
    km="សូមប្រគល់បង្កាន់ដៃសម្រាប់អ្វីដែលបានចាយ ឬបង្វិលប្រាក់ដែលនៅសល់ ក្នុងរយៈពេលពីរសប្ដាហ៍គិតពីថ្ងៃនៃលិខិតនេះ។ "
    "បើខ្វះបង្កាន់ដៃ សូមប្រាប់មន្ត្រីហិរញ្ញវត្ថុ៖ យើងនឹងរកវិធីរួមគ្នា។",
)
#: What is written to a council about a tranche, and to whoever else was given an advance.
TO_A_COUNCIL, TO_SOMEBODY = (TRANCHE_PAID, OVERDUE, VOUCHERS_ASKED), (PAID, OVERDUE, RECEIPTS_ASKED)
SIGNED = Name(en="For the organisation", km="តំណាងអង្គការ")
RECEIVED = Name(en="Received by the council", km="ក្រុមប្រឹក្សាបានទទួល")
RECEIVED_BY = Name(en="Received", km="បានទទួល")
SIGNATURE = Name(en="Name, signature, date", km="ឈ្មោះ ហត្ថលេខា កាលបរិច្ឆេទ")


def overdue_letter(advance: Advance, lang: str) -> bytes:
    """Set the letter about an advance. The same advance on the same day gives the same bytes."""
    face = typeface()
    if lang == "km":
        face.need_khmer()
    data = {**letter_words(advance, lang), "fonts": [face.khmer or LATIN, LATIN], "lang": lang}
    pdf = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=face.fonts,
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"letter": json.dumps(data)},
    )
    assert isinstance(pdf, bytes)
    return pdf


def letter_words(advance: Advance, lang: str) -> dict[str, object]:
    """What the letter says, before it is set."""
    agreement = advance.record.agreement.number if isinstance(advance.record, Tranche) else ""
    body = TO_A_COUNCIL if advance.is_tranche else TO_SOMEBODY
    with translation.override(lang):
        facts = {
            "who": advance.who,
            "what": advance.record.name,
            "agreement": agreement,
            "amount": f"{advance.given.currency} {said.amount(advance.given)}",
            "open": f"{advance.open.currency} {said.amount(advance.open)}",
            "paid_on": said.day(advance.on),
            "due": said.day(advance.due) if advance.due else "–",
            "overdue": said.number(str(advance.overdue)),
        }
        texts = {
            "title": SUBJECT.format(**facts).say(lang),
            "to": TO.format(**facts).say(lang),
            "dear": DEAR.say(lang) if advance.is_tranche else "",
            "body": [text.format(**facts).say(lang) for text in body],
            "signed": SIGNED.say(lang),
            "received": (RECEIVED if advance.is_tranche else RECEIVED_BY).say(lang),
            "signature": SIGNATURE.say(lang),
            "dated": said.day(advance.today),
            "day": advance.today.isoformat(),
        }
    return {**texts, "sender": _sender(advance.record).name.say(lang)}


def _sender(record: Tranche | Document) -> Party:
    """Whose letter it is: the owner of the book that paid."""
    book = record.agreement.bank.book if isinstance(record, Tranche) else record.book
    return book.owner
