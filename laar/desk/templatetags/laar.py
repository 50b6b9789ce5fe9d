"""The only tag library: names, numbers, days, and the link under every figure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from laar.base.models import Evidence
from laar.desk import said
from laar.events.rules import PROOFS
from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.kit.names import Name, name_of
from laar.projects.rules import PAPERS
from laar.reports.factsheet import Section, Sheet, Text
from laar.results.cards import Card
from laar.results.opened import Opened

register = template.Library()


@register.filter
def say(name: Name) -> str:
    """A name in the language of the page."""
    return name.say(said.language())


@register.filter
def say_other(name: Name) -> str:
    """A name in the other language."""
    return name.say("en" if said.language() == "km" else "km")


@register.filter
def called(record: Model) -> Name:
    """The name of a record."""
    return name_of(record)


@register.filter
def kind(record: Model) -> str:
    """What kind of record it is."""
    return str(record._meta.verbose_name)


@register.filter
def day(on: date) -> str:
    """A day as the language writes it."""
    return said.day(on)


@register.filter
def instant(at: datetime) -> str:
    """An instant as the language writes it."""
    return said.instant(at)


@register.filter
def number(text: Any) -> str:
    """A number as the language writes it."""
    return said.number(str(text))


@register.simple_tag
def bi(name: Name) -> SafeString:
    """A name in both languages, each marked as what it is, the page's own first."""
    first, second = said.language(), "en" if said.language() == "km" else "km"
    if not name.en or not name.km or name.en == name.km:
        return format_html('<span lang="{}">{}</span>', first, name.say(first))
    return format_html(
        '<span class="bi"><span lang="{}">{}</span> <span lang="{}">{}</span></span>',
        first,
        name.say(first),
        second,
        name.say(second),
    )


@register.simple_tag
def fig(figure: Figure) -> SafeString:
    """A figure with its line under it: it opens to its rule and its records."""
    link = fig_bare(figure)
    return format_html('<span class="m"><abbr>{}</abbr>{}</span>', figure.currency, link) if figure.currency else link


@register.simple_tag
def fig_bare(figure: Figure) -> SafeString:
    """A figure in a sentence that names the currency itself."""
    return format_html(
        '<a class="f" href="{}" data-figure="{}">{}</a>', figure_address(figure), figure.id, said.figure(figure)
    )


@register.simple_tag
def money(amount: Money) -> SafeString:
    """An amount with its currency, small and before."""
    return format_html('<span class="m"><abbr>{}</abbr>{}</span>', amount.currency, said.amount(amount))


@register.filter
def negative(amount: Money) -> Money:
    """A credit as it is printed in its own column, without the sign."""
    return -amount


@register.filter
def address(record: Model) -> str:
    """The address of a record's page."""
    return reverse("record", args=[record._meta.model_name, record.pk])


@register.filter
def figure_address(figure: Figure) -> str:
    """The address of a figure: its programme, its key, its scope."""
    where = reverse("figure", args=[figure.scope.programme.code, figure.key])
    query = figure.scope.query()
    return f"{where}?{query}" if query else where


@register.simple_tag
def figure_in(sheet: Sheet, key: str) -> SafeString:
    """A figure of the sheet by its key."""
    return fig(sheet.figures[key])


@register.filter
def texts(section: Section) -> list[Text]:
    """The paragraphs of a section in the language of the page."""
    return section.texts[said.language()]


@register.filter
def blank(sheet: Sheet, cell: str) -> bool:
    """Whether the published source left a cell blank."""
    return sheet.blank(cell)


@register.filter
def printed(figure: Figure) -> str:
    """The number of a figure, without its currency and without a link: on the figure's own page."""
    return said.figure(figure)


@register.filter
def adds(row: Opened) -> str:
    """What a record adds to a figure."""
    return said.amount(row.adds) if isinstance(row.adds, Money) else said.number(f"{row.adds:,}")


@register.filter
def paper(role: str) -> str:
    """What a piece of evidence is beside a record."""
    name = PAPERS.get(role) or PROOFS.get(role)
    return name.say(said.language()).capitalize() if name else role


@register.filter
def is_picture(record: Model) -> bool:
    """Whether a record is evidence that can be shown as a picture."""
    return isinstance(record, Evidence) and record.media_type.startswith("image/")


@register.simple_tag
def record_link(card: Card, record: Model, name: Name | None = None) -> SafeString:
    """A link to a record that a card names; closed to the reader, only what kind of record it is."""
    if (record._meta.label_lower, record.pk) in card.open:
        return format_html('<a href="{}">{}</a>', address(record), say(name or name_of(record)))
    closed = _("closed to you; the office can open it")
    return format_html('<span class="closed">{} · {}</span>', str(record._meta.verbose_name).capitalize(), closed)
