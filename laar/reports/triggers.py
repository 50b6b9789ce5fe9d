"""What the database itself refuses in the reports."""

from laar.base.triggers import insert_only

TRIGGERS = [*insert_only("reports_financefigure", "finance.frozen")]
