"""Addresses of budgets and of what stands beside them, below /books/."""

from django.urls import path

from laar.desk.books.budgets import changes, charts, forecasts, views

urlpatterns = [
    path("budgets/", views.budgets, name="budgets"),
    path("budgets/forms/", charts.forms, name="budget_forms"),
    path("budgets/<str:code>/", views.budget, name="budget"),
    path("budgets/<str:code>/lines/", changes.original, name="budget_lines"),
    path("budgets/<str:code>/lines/type/", changes.typed, name="budget_type"),
    path("budgets/<str:code>/change/", changes.change, name="budget_change"),
    path("budgets/<str:code>/forecast/", forecasts.forecast, name="budget_forecast"),
    path("limits/", views.limits, name="limits"),
    path("advances/", views.advances, name="advances"),
    path("advances/<int:key>/letter-<str:lang>.pdf", views.letter, name="advance_letter"),
    path("advances/paid/<int:key>/letter-<str:lang>.pdf", views.letter_to_person, name="advance_letter_to_person"),
    path("recipients/", views.recipients, name="recipients"),
]
