"""Every address of the desk, on one page."""

from django.urls import include, path

from laar.desk.account import index, people, programmes, rights
from laar.desk.books.statements import audit, elsewhere, hub
from laar.desk.books.statements import views as statements
from laar.desk.chapters import views as lists
from laar.desk.pages import (
    evidence,
    find,
    look,
    more,
    places,
    preferences,
    programme,
    records,
    sheet,
    today,
    trail,
)
from laar.desk.start import door, steps
from laar.desk.start import people as first_people
from laar.desk.start import places as first_places
from laar.desk.verbs import view

urlpatterns = [
    # Signing in, and the people who work here.
    path("account/", include("laar.desk.account.urls")),
    path("settings/", index.index, name="settings"),
    path("settings/users/", people.users, name="users"),
    path("settings/users/new/", people.new_user, name="new_user"),
    path("settings/users/of/<str:username>/", people.one_user, name="one_user"),
    path("settings/programme/", programmes.sheet_for_all, name="programme_settings"),
    path("settings/who-may/", rights.who_may, name="who_may"),
    path("why/<str:verb>/<str:kind>/<int:key>/", rights.why_not, name="why"),
    # What is read.
    path("", sheet.home, name="home"),
    path("today/", today.today, name="today"),
    path("sheet/", sheet.sheet, name="sheet"),
    path("consultant/", sheet.consultant, name="consultant"),
    path("sheet.<str:ending>", sheet.document, {"form": "eu"}, name="sheet_file"),
    path("consultant.<str:ending>", sheet.document, {"form": "consultant"}, name="consultant_file"),
    path("figures/<str:programme>/<str:key>/", records.figure, name="figure"),
    # The books: the hub, and the statements.
    path("books/", hub.hub, name="books"),
    path("books/export/<str:book>.<str:form>", statements.book_export, name="book_export"),
    path("books/audit/", audit.audit_pack, name="audit_pack"),
    path("books/elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("books/elsewhere/columns/<str:kind>/", elsewhere.elsewhere_columns, name="elsewhere_columns"),
    path("books/statements/", include("laar.desk.books.statements.urls")),
    path("books/", include("laar.desk.books.cash.urls")),
    path("books/", include("laar.desk.books.documents.urls")),
    path("books/", include("laar.desk.books.budgets.urls")),
    path("records/<str:kind>/<int:key>/", records.record, name="record"),
    path("do/<str:verb>/", view.do, name="do_new"),
    path("do/<str:verb>/<str:kind>/<int:key>/", view.do, name="do"),
    path("lists/", lists.index, name="chapters"),
    path("lists/<slug:slug>.<str:ending>", lists.chapter_file, name="chapter_file"),
    path("lists/<slug:slug>/", lists.chapter, name="chapter"),
    path("evidence/<uuid:uid>/", evidence.evidence_file, name="evidence"),
    path("evidence/<uuid:uid>/first-page/", evidence.first_page, name="first_page"),
    path("evidence/<uuid:uid>/open/", evidence.open_original, name="open"),
    # The first hour.
    path("start/", door.start, name="start"),
    path("start/mine/", door.mine, name="start_mine"),
    path("start/demonstration/", door.load, name="start_demonstration"),
    path("first-steps/", steps.list_of_steps, name="first_steps"),
    path("first-steps/programme/", steps.programme_step, name="first_programme"),
    path("first-steps/about/", steps.about_step, name="first_about"),
    path("first-steps/rates/", steps.rates_step, name="first_rates"),
    path("first-steps/places/", first_places.places_step, name="first_places"),
    path("first-steps/people/", first_people.people_step, name="first_people"),
    path("first-steps/people.<str:ending>", first_people.people_file, name="first_people_file"),
    path("first-steps/print/", steps.print_step, name="first_print"),
    # the look
    path("more/", more.more, name="more"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("look/", look.look, name="look"),
    # ── the screens ──
    path("programme/", programme.programme_page, name="programme"),
    path("places/", places.places, name="places"),
    path("places/<str:code>/", places.place, name="place"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<int:key>/", trail.line, name="trail_line"),
    path("find/", find.find, name="find"),
    # ── the financial reports to donors ──
    path("reports/finance/", include("laar.desk.finance.urls")),
]
