"""Every address of the desk, on one page."""

from django.urls import path

from laar.desk import views

urlpatterns = [
    path("", views.sheet, name="sheet"),
    path("figures/<str:programme>/<str:key>/", views.figure, name="figure"),
    path("records/<str:kind>/<int:key>/", views.record, name="record"),
    path("evidence/<uuid:uid>/", views.evidence_file, name="evidence"),
]
