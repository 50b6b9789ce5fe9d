"""The desk's own tags: the link under every figure, and what of a record this reader may know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Model
from django.forms import BoundField
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from laar.base.models import Evidence
from laar.base.readers import NOBODY, Eyes, name_for
from laar.base.rules import ROLES, Verb, verb_of
from laar.desk import said
from laar.desk.account.qr import qr as qr_code
from laar.desk.shown import Converted, Tone, tone_of
from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.kit.names import Name, listed
from laar.kit.refusals import Refusal
from laar.registers.models import Place
from laar.reports.factsheet import Section, Sheet, Text
from laar.reports.templatetags.said import money
from laar.results.cards import Card
from laar.results.opened import Opened
from laar.results.queries.conditions import Ahead
from laar.results.queries.steps import Deed, state_of

register = template.Library()

#: Bytes.
MEGABYTE = 1024 * 1024

#: How long the official code of a commune is; villages have no page of their own.
COMMUNE_DIGITS = 6


@register.simple_tag
def drawing(name: str) -> SafeString:
    """The drawn sign of a way in. It only goes with a word: to who hears the page it says nothing."""
    return format_html('<svg aria-hidden="true"><use href="{}#{}"/></svg>', static("desk/signs.svg"), name)


@register.simple_tag
def badge(tone: Tone, word: Name | str) -> SafeString:
    """How something stands: a sign and a word, never colour alone."""
    text = word.say(said.language()) if isinstance(word, Name) else word
    return format_html('<span class="st {}">{}</span>', tone, text)


@register.simple_tag
def when(on: date) -> SafeString:
    """A day, for people and for machines."""
    return format_html('<time class="nw" datetime="{}">{}</time>', on.isoformat(), said.day(on))


@register.simple_tag
def knots(come: int, of: int) -> SafeString:
    """How far something has come, as knots on a string; in words for who hears the page."""
    label = _("stage %(come)s of %(all)s") % {"come": said.number(str(come)), "all": said.number(str(of))}
    drawn = format_html_join("", "<i{}></i>", ((mark_safe(' class="y"') if one < come else "",) for one in range(of)))
    return format_html('<span class="knots" role="img" aria-label="{}">{}</span>', label, drawn)


@register.simple_tag
def converted_amount(one: Converted) -> SafeString:
    """An amount in another currency, and below it from what, at which rate, of which day, whose rate it was."""
    original = f"{said.amount(one.original)} {one.original.currency}"
    facts = {"original": original, "rate": said.number(one.rate), "day": said.day(one.on)}
    facts["source"] = one.source.say(said.language())
    return format_html(
        '{}<span class="rate">{}</span>', money(one.amount), _("%(original)s at %(rate)s, %(day)s, %(source)s") % facts
    )


@register.filter
def first_input(field: BoundField) -> str:
    """The id of the first thing that can be filled in, to which an error leads."""
    return field.subwidgets[0].id_for_label if field.use_fieldset else field.id_for_label


@register.filter
def called(record: Model, eyes: Eyes = NOBODY) -> Name:
    """The name of a record, as these eyes may know it."""
    return name_for(eyes, record)


@register.filter
def of(names: Mapping[str, Name], key: str) -> Name:
    """One of several names, by its key; the key itself where there is none."""
    return names.get(key) or Name(en=key, km=key)


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code as an SVG element."""
    return qr_code(text, label)


@register.filter
def kind(record: Model) -> str:
    """What kind of record it is."""
    return str(record._meta.verbose_name)


@register.filter
def table(record: Model) -> str:
    """The name of a record's table in an address."""
    return str(record._meta.model_name)


@register.filter
def standing(record: Model) -> SafeString:
    """How a record stands: the sign of its state, and its word; nothing for what has no state."""
    state = state_of(record)
    return badge(tone_of(record.state), state) if state else SafeString("")  # type: ignore[arg-type, attr-defined]  # has a state


@register.filter
def steps(deeds: list[Deed], lead_on: bool) -> list[Deed]:
    """Of what this reader may do: what brings the record on, or the rest."""
    return [deed for deed in deeds if deed.may and deed.brings_on is lead_on]


@register.filter
def stops(ahead: list[Ahead], deed: Deed) -> bool:
    """Whether something is missing for a step, so that it would be refused."""
    return any(one.verb == deed.verb and not one.is_ready for one in ahead)


@register.filter
def not_mine(deeds: list[Deed]) -> list[Deed]:
    """The next steps that are for others."""
    return [deed for deed in deeds if deed.brings_on and not deed.may]


@register.filter
def roles_said(verb: Verb) -> str:
    """Whose verb it is."""
    return listed(ROLES[role] for role in ROLES if role in verb.roles).say(said.language())


@register.filter
def verb_label(code: str) -> Name:
    """What a verb of the trail is called."""
    return verb_of(code).label


@register.filter
def first_value(field: BoundField) -> SafeString:
    """What a field held when its form was opened, hidden beside it."""
    return field.as_hidden(only_initial=True)


@register.simple_tag
def value(thing: Any) -> str:
    """A value of a record as it is printed: a name, an amount, a day, an instant or a text."""
    if isinstance(thing, Name):
        return said.name(thing)
    if isinstance(thing, Money):
        return f"{thing.currency} {said.amount(thing)}"
    if isinstance(thing, datetime):
        return said.instant(thing)
    if isinstance(thing, date):
        return said.day(thing)
    return "–" if thing is None else str(thing)


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
    """The address of a record's page; a place down to the commune has one of its own."""
    if isinstance(record, Place) and len(record.code) <= COMMUNE_DIGITS:
        return reverse("place", args=[record.code])
    return reverse("record", args=[record._meta.model_name, record.pk])


@register.simple_tag
def where(refusal: Refusal) -> SafeString:
    """The way to the record that stands in the way, where the refusal names one."""
    if not isinstance(refusal.see, Model):
        return mark_safe("")
    return format_html(' <a class="tgt" href="{}">{}</a>', address(refusal.see), _("Go there"))


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


@register.filter
def is_pdf(record: Model) -> bool:
    """Whether a record is evidence whose first page can be drawn."""
    return isinstance(record, Evidence) and record.media_type == "application/pdf"


@register.filter
def file_kind(piece: Evidence) -> str:
    """What kind of file it is, as people call it."""
    if is_picture(piece):
        return _("Picture")
    return "PDF" if is_pdf(piece) else piece.media_type


@register.filter
def file_size(size: int) -> str:
    """How large a file is, as people say it."""
    if size < MEGABYTE:
        return _("%(size)s KB") % {"size": said.number(str(max(1, round(size / 1024))))}
    return _("%(size)s MB") % {"size": said.number(f"{size / MEGABYTE:.1f}")}


@register.simple_tag(takes_context=True)
def record_link(context: Context, card: Card, record: Model, name: Name | None = None) -> SafeString:
    """A link to a record that a card names; closed to the reader, only what kind of record it is."""
    if (record._meta.label_lower, record.pk) in card.open:
        text = said.name(name or name_for(context["eyes"], record))
        return format_html('<a href="{}">{}</a>', address(record), text)
    closed = _("closed to you; the office can open it")
    return format_html('<span class="closed">{} · {}</span>', str(record._meta.verbose_name).capitalize(), closed)
