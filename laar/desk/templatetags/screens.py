"""The tags of the screens: sentences with figures, bars, and where a thing that waits is done."""

from __future__ import annotations

from datetime import date

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from laar.base.models import Attachment, Installation
from laar.desk import said
from laar.desk.templatetags.laar import address, fig, when
from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.kit.names import Name
from laar.registers.models import Place
from laar.results.queries.waiting import Waiting
from laar.results.sentences import Sentence

register = template.Library()

#: With what a bar is filled: the programme's money solid, the commune's hatched, what is left pale.
FILLS = {"k1": "var(--lotus)", "k2": "url(#hatch)", "k3": "var(--margin)"}

#: The days of a week, short; Django has no short ones in Khmer.
WEEKDAYS = (
    Name(en="Mon", km="ច័ន្ទ"),
    Name(en="Tue", km="អង្គារ"),
    Name(en="Wed", km="ពុធ"),
    Name(en="Thu", km="ព្រហស្បតិ៍"),
    Name(en="Fri", km="សុក្រ"),
    Name(en="Sat", km="សៅរ៍"),
    Name(en="Sun", km="អាទិត្យ"),
)


@register.simple_tag(takes_context=True)
def sentence(context: Context, one: Sentence) -> SafeString:
    """A sentence in the language of the page, each figure in it with its line."""
    return format_html_join("", "{}", ((_piece(context, piece),) for piece in one.pieces(said.language())))


def _piece(context: Context, piece: str | Figure | date) -> str:
    if isinstance(piece, str):
        return piece
    return when(piece) if isinstance(piece, date) else fig(context, piece)


@register.simple_tag
def bar(length: int, fill: str) -> SafeString:
    """A bar of so many percent; its number stands beside it as text."""
    drawn = format_html(
        '<rect x="1" y="1" width="{}%" height="10" fill="{}" stroke="currentColor"/>', length, FILLS[fill]
    )
    return format_html(
        '<svg width="100%" height="12" aria-hidden="true" focusable="false">{}</svg>', drawn if length else ""
    )


@register.filter
def act_address(waiting: Waiting) -> str:
    """Where what waits is done: the form of its verb, or, as long as there is none, the record."""
    record = waiting.record
    try:
        return reverse("do", args=[waiting.wait.verb, record._meta.model_name, record.pk])
    except NoReverseMatch:
        return address(record)


@register.filter
def negative_figure(amount: Money) -> str:
    """What went out, in a column of its own: without its sign."""
    return (-amount).figure


@register.filter
def place_address(place: Place) -> str:
    """The address of a place's page."""
    return reverse("place", args=[place.code])


@register.filter
def day_in_week(on: date) -> str:
    """A day as it is said in a list of the next days: `Tue 19`."""
    return f"{WEEKDAYS[on.weekday()].say(said.language())} {said.number(str(on.day))}"


@register.filter
def shown_address(record: Model) -> str:
    """The address of a record: of a place its page, of an attachment its paper, of anything else its card."""
    if isinstance(record, Attachment):
        return address(record.evidence)
    if isinstance(record, Installation):
        return reverse("settings")
    return place_address(record) if isinstance(record, Place) else address(record)
