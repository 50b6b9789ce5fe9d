"""Tables that leave the house: statements and lists as workbooks and on paper, exactly as they are shown."""

from laar.reports.statements.paper import as_pdf
from laar.reports.statements.printed import Printed, PrintedRow, printed
from laar.reports.statements.workbook import as_xlsx

__all__ = ["Printed", "PrintedRow", "as_pdf", "as_xlsx", "printed"]
