"""The desk's own tags: the link under every figure, and what of a record this reader may know."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from laar.base.models import Evidence
from laar.base.readers import NOBODY, Eyes, name_for
from laar.desk import said
from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.kit.names import Name
from laar.reports.factsheet import Section, Sheet, Text
from laar.results.cards import Card
from laar.results.opened import Opened

register = template.Library()


@register.filter
def called(record: Model, eyes: Eyes = NOBODY) -> Name:
    """The name of a record, as these eyes may know it."""
    return name_for(eyes, record)


@register.filter
def kind(record: Model) -> str:
    """What kind of record it is."""
    return str(record._meta.verbose_name)


@register.simple_tag(takes_context=True)
def fig(context: Context, figure: Figure) -> SafeString:
    """A figure with its line under it: it opens to its rule and its records."""
    link = fig_bare(context, figure)
    return format_html('<span class="m"><abbr>{}</abbr>{}</span>', figure.currency, link) if figure.currency else link


@register.simple_tag(takes_context=True)
def fig_bare(context: Context, figure: Figure) -> SafeString:
    """A figure in a sentence that names the currency itself."""
    number = printed(context, figure)
    return format_html('<a class="f" href="{}" data-figure="{}">{}</a>', figure_address(figure), figure.id, number)


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


@register.simple_tag(takes_context=True)
def figure_in(context: Context, sheet: Sheet, key: str) -> SafeString:
    """A figure of the sheet by its key."""
    return fig(context, sheet.figures[key])


@register.filter
def texts(section: Section) -> list[Text]:
    """The paragraphs of a section in the language of the page."""
    return section.texts[said.language()]


@register.filter
def blank(sheet: Sheet, cell: str) -> bool:
    """Whether the published source left a cell blank."""
    return sheet.blank(cell)


@register.simple_tag(takes_context=True)
def printed(context: Context, figure: Figure) -> str:
    """The number of a figure, without its currency and without a link. Few people are not counted before strangers."""
    eyes: Eyes = context.get("eyes") or NOBODY
    return said.figure(figure, is_public=not eyes.inside(figure.scope.programme))


@register.filter
def adds(row: Opened) -> str:
    """What a record adds to a figure; nothing where this reader may not know."""
    if row.adds is None:
        return ""
    return said.amount(row.adds) if isinstance(row.adds, Money) else said.number(f"{row.adds:,}")


@register.filter
def is_picture(record: Model) -> bool:
    """Whether a record is evidence that can be shown as a picture."""
    return isinstance(record, Evidence) and record.media_type.startswith("image/")


@register.simple_tag(takes_context=True)
def record_link(context: Context, card: Card, record: Model, name: Name | None = None) -> SafeString:
    """A link to a record that a card names; closed to the reader, only what kind of record it is."""
    if (record._meta.label_lower, record.pk) in card.open:
        text = (name or name_for(context["eyes"], record)).say(said.language())
        return format_html('<a href="{}">{}</a>', address(record), text)
    closed = _("closed to you; the office can open it")
    return format_html('<span class="closed">{} · {}</span>', str(record._meta.verbose_name).capitalize(), closed)
