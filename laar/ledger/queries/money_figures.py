"""The figures of cash boxes and bank accounts."""

from __future__ import annotations

from datetime import date

from laar.kit.figures import Figure, Records, Scope, figure, figure_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Account
from laar.ledger.queries.cash import kept_in
from laar.ledger.queries.entries import booked


@figure(
    "cash.held",
    label=Name(en="In the box or on the account", km="ក្នុងបេឡា ឬក្នុងគណនី"),
    rule=Name(
        en="Debits less credits of one account in the currency in which it is kept, or, without an account, of all cash "
        "boxes and bank accounts of the programme's own books in their currency; up to and with a day, where one is named.",
        km="ឥណពន្ធដកឥណទាននៃគណនីមួយ តាមរូបិយប័ណ្ណរបស់វា ឬបើគ្មានគណនី គឺបេឡា និងគណនីធនាគារទាំងអស់ក្នុងបញ្ជីរបស់កម្មវិធី "
        "តាមរូបិយប័ណ្ណរបស់បញ្ជី; រហូតដល់ថ្ងៃមួយ បើមានកំណត់។",
    ),
    takes=("account", "to"),
    by_place=False,
)
def cash_held(scope: Scope) -> Records:
    postings, column, currency = booked(scope.programme), "in_book", scope.programme.currency
    if scope["account"]:
        ours = Account.objects.filter(programme=scope.programme, book__is_memorandum=False).select_related("book")
        account = ours.filter(code=scope["account"]).first()
        if account is None:
            raise Refusal("record.not_found")
        column, currency = "units", kept_in(account)
        postings = postings.filter(account=account, currency=currency)
    else:
        postings = postings.filter(account__use__in=("bank", "cash"))
    if scope["to"]:
        try:
            postings = postings.filter(on__lte=date.fromisoformat(scope["to"]))
        except ValueError:
            raise Refusal("record.not_found") from None
    return Records(postings, column=column, currency=currency)


def held_figure(account: Account, until: date | None = None) -> Figure:
    """What is in a cash box or on a bank account at the end of a day (or now), as a figure that opens to its postings."""
    more = {"account": account.code, **({"to": until.isoformat()} if until else {})}
    return figure_of("cash.held", Scope(account.programme, more=more))
