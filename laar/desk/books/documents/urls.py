"""The addresses of documents, below /books/."""

from __future__ import annotations

from django.urls import path

from laar.desk.books.documents import prints, salaries, views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("new/", views.kinds, name="document_kinds"),
    path("new/<slug:kind>/", views.new, name="document_new"),
    path("salaries/", salaries.salaries, name="salaries"),
    path("salaries/columns/", salaries.salary_columns, name="salary_columns"),
    path("documents/<int:key>.pdf", prints.document_pdf, name="document_pdf"),
    path("payment-lists/<int:key>.pdf", prints.payments_pdf, name="payments_pdf"),
    path("entries/<int:key>.pdf", prints.entry_pdf, name="entry_pdf"),
]
