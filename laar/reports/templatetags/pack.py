"""What the pages of a trace pack need beside the words: links that stay in the pack, and names that its reader may know."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from laar.kit.figures import Figure
from laar.reports import said
from laar.reports.factsheet import Section, Text

register = template.Library()


@register.simple_tag(takes_context=True)
def pack_figure(context: Context, figure: Figure) -> SafeString:
    """A figure with its currency, linked to its page in the pack."""
    link = pack_bare(context, figure)
    return format_html('<span class="m"><abbr>{}</abbr>{}</span>', figure.currency, link) if figure.currency else link


@register.simple_tag(takes_context=True)
def pack_bare(context: Context, figure: Figure) -> SafeString:
    """A figure in a sentence that names the currency itself."""
    link: SafeString = context["pages"].link_to(figure, context["root"])
    return link


@register.simple_tag(takes_context=True)
def in_pack(context: Context, key: str) -> SafeString:
    """A figure of the sheet by its key."""
    return pack_figure(context, context["sheet"].figures[key])


@register.simple_tag(takes_context=True)
def pack_number(context: Context, figure: Figure) -> str:
    """The number of a figure on its own page."""
    number: str = context["pages"].number(figure)
    return number


@register.simple_tag(takes_context=True)
def pack_link(context: Context, record: Model) -> SafeString:
    """A record that a page names."""
    link: SafeString = context["pages"].link(record, context["root"])
    return link


@register.simple_tag(takes_context=True)
def pack_name(context: Context, record: Model) -> str:
    """The name of a record that has no page of its own."""
    name: str = context["pages"].name(record).say(said.language())
    return name


@register.filter
def paragraphs(section: Section) -> list[Text]:
    """The paragraphs of a section in the language of the pack."""
    return section.texts[said.language()]
