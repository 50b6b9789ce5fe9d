"""The addresses of the financial reports."""

from django.urls import path

from laar.desk.finance import quarters, reports

urlpatterns = [
    path("", reports.reports, name="finance_reports"),
    path("<int:key>/", reports.report, name="finance_report"),
    path("<int:key>/explain/", reports.explain, name="finance_explain"),
    path("<int:key>/report.<str:ending>", reports.report_file, name="finance_file"),
    path("quarter/<str:code>/<int:year>/<int:number>/", quarters.quarter, name="finance_quarter"),
    path("quarter/<str:code>/<int:year>/<int:number>.<str:ending>", quarters.quarter_file, name="finance_quarter_file"),
]
