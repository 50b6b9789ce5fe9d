"""How names, numbers and days are written in a template, of a page as of a trace pack."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from laar.kit.money import Money
from laar.kit.names import Name
from laar.reports import said
from laar.results.papers import paper_called

register = template.Library()


@register.filter
def say(name: Name) -> str:
    """A name in the language of the page."""
    return said.name(name)


@register.filter
def say_other(name: Name) -> str:
    """A name in the other language."""
    return name.say("en" if said.language() == "km" else "km")


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
        return format_html('<span lang="{}">{}</span>', first, said.name(name))
    return format_html(
        '<span class="bi"><span lang="{}">{}</span> <span lang="{}">{}</span></span>',
        first,
        said.name(name),
        second,
        name.say(second),
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
def paper(role: str) -> str:
    """What a piece of evidence is beside a record."""
    return paper_called(role).say(said.language()).capitalize()
