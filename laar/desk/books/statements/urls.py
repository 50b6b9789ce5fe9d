"""The addresses of the statements."""

from django.urls import path

from laar.desk.books.statements import views

urlpatterns = [
    path("<slug:slug>/", views.statement, name="statement"),
    path("<slug:slug>.<str:ending>", views.statement_file, name="statement_file"),
]
