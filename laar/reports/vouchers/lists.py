"""The payment list of an event on paper: who is paid what, with a place for the signature or the thumbprint of each."""

from __future__ import annotations

from laar.events.models import PaymentList
from laar.kit.names import Name
from laar.kit.numerals import in_words
from laar.reports.vouchers.setting import both, day, figure, set_on_paper
from laar.results.documents import payment_sheet

TITLE = Name(en="Payment list of participants", km="បញ្ជីបើកប្រាក់អ្នកចូលរួម")
SAID = {
    "event": Name(en="Event", km="ព្រឹត្តិការណ៍"),
    "place": Name(en="Place", km="ទីកន្លែង"),
    "day": Name(en="Date", km="កាលបរិច្ឆេទ"),
    "number": Name(en="No.", km="ល.រ"),
    "name": Name(en="Name", km="ឈ្មោះ"),
    "travel": Name(en="Travel", km="ធ្វើដំណើរ"),
    "meals": Name(en="Meals", km="អាហារ"),
    "total": Name(en="Total", km="សរុប"),
    "sign": Name(en="Signature or thumbprint", km="ហត្ថលេខា ឬស្នាមមេដៃ"),
    "words": Name(en="In words", km="ជាអក្សរ"),
    "voucher": Name(en="Voucher", km="ប័ណ្ណ"),
}
SIGNS = (
    Name(en="Paid by", km="បើកប្រាក់ដោយ"),
    Name(en="Witnessed by", km="សាក្សី"),
    Name(en="Checked by", km="ពិនិត្យដោយ"),
)


def list_as_pdf(paid: PaymentList) -> bytes:
    """The list of one event, as many pages as it takes; its head stands on each."""
    shown, event = payment_sheet(paid), paid.event
    words = in_words(shown.total)
    data = {
        "title": both(TITLE),
        "owner": both(event.host.name),
        "on": event.on.isoformat(),
        "event": both(event.name),
        "place": both(event.place.name),
        "day": day(event.on),
        "voucher": paid.document.number if paid.document else "",
        "currency": paid.currency,
        "rows": [
            {
                "name": both(one.line.name),
                "travel": one.travel.figure,
                "meals": one.meals.figure,
                "total": one.line.amount.figure,
            }
            for one in shown.payees
        ],
        "total": figure(shown.total),
        "words": {"km": words.km, "en": words.en.capitalize()},
        "said": {key: {"km": name.km, "en": name.en} for key, name in SAID.items()},
        "signs": [{"km": name.km, "en": name.en} for name in SIGNS],
    }
    return set_on_paper("payments.typ", data)
