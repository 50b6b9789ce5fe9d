"""The addresses of rates, cash, bank and months, below /books/."""

from django.urls import path

from laar.desk.books.cash import bank, boxes, mappings, months, rates

urlpatterns = [
    path("rates/", rates.rates, name="rates"),
    path("rates/columns/", mappings.rate_columns, name="rate_columns"),
    path("cash/", boxes.boxes, name="cash_boxes"),
    path("cash/<str:code>/", boxes.box, name="cash_book"),
    path("bank/", bank.accounts, name="bank_accounts"),
    path("bank/statement/<int:key>/", bank.statement, name="bank_statement"),
    path("bank/<str:code>/", bank.account, name="bank_account"),
    path("bank/<str:code>/columns/", mappings.bank_columns, name="bank_columns"),
    path("months/", months.months, name="months"),
]
