"""The tags of the financial reports: a number as it was sent, and what became of it since."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from laar.desk import said
from laar.desk.shown import tone_of
from laar.desk.templatetags.laar import figure_address
from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.reports.finance.cells import Cell, Row

register = template.Library()


@register.filter
def column(row: Row, name: str) -> SafeString:
    """A number of a row by its column; nothing where the row has none."""
    cell = row.cells.get(name)
    return number(cell) if cell else SafeString("")


@register.simple_tag
def number(cell: Cell) -> SafeString:
    """A number that opens. Sent: two lines under it. Moved since: a sign, and what it comes to now."""
    look = "f" if cell.sent is None else "f sealed"
    link = format_html(
        '<a class="{}" href="{}" data-figure="{}">{}</a>',
        look,
        figure_address(cell.figure),
        cell.figure.id,
        said.amount(cell.amount),
    )
    if not cell.differs:
        return link
    return format_html('{}<span class="since">{}</span>', link, _("now %(amount)s") % {"amount": said.amount(cell.now)})


@register.simple_tag
def paid_in(row: Row, currency: str) -> SafeString:
    """What was paid in a currency, in that currency."""
    return column(row, f"paid_{currency}") or column(row, f"as_{currency}")


@register.simple_tag
def worth(row: Row, currency: str) -> SafeString:
    """What was paid in a currency, converted."""
    return column(row, f"as_{currency}")


@register.simple_tag
def opens(figure: Figure, amount: Money) -> SafeString:
    """An amount that opens to the figure of which it is, or of which it is a month's part."""
    link = '<a class="f" href="{}" data-figure="{}">{}</a>'
    return format_html(link, figure_address(figure), figure.id, said.amount(amount))


@register.filter
def spoken(money: Money) -> str:
    """An amount without its currency, as the language writes it."""
    return said.amount(money)


@register.filter
def plainly(value: int) -> str:
    """A number without a sign between its thousands: a year, a quarter."""
    return said.number(str(value))


@register.filter
def report_tone(state: str) -> str:
    """The sign of the state of a report."""
    return tone_of(state)
