"""Every address of the desk, on one page."""

from django.urls import path

from laar.desk import views

urlpatterns = [
    path("", views.sheet, name="sheet"),
    path("consultant/", views.consultant, name="consultant"),
    path("sheet.<str:ending>", views.document, {"form": "eu"}, name="sheet_file"),
    path("consultant.<str:ending>", views.document, {"form": "consultant"}, name="consultant_file"),
    path("figures/<str:programme>/<str:key>/", views.figure, name="figure"),
    path("books/", views.books, name="books"),
    path("books/<str:programme>/<str:code>/", views.book, name="book"),
    path("records/<str:kind>/<int:key>/", views.record, name="record"),
    path("evidence/<uuid:uid>/", views.evidence_file, name="evidence"),
    path("evidence/<uuid:uid>/open/", views.open_original, name="open"),
]
