"""How many of the first steps are done, for the line on Today."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.template import Context

from laar.base.queries import programmes_for
from laar.desk.page import programme
from laar.results.first_steps import first_steps as steps_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Stand:
    """So many of so many."""

    come: int
    of: int


@register.simple_tag(takes_context=True)
def first_steps(context: Context) -> Stand | None:
    """How it stands, for an administrator while something is open; None for everybody else, and in a demonstration."""
    eyes, request = context["eyes"], context["request"]
    if not any(one.role == "administrator" and not one.place for one in eyes.held):
        return None
    shown = programme(request) if programmes_for(eyes) else None
    if shown and shown.is_demo:
        return None
    steps = steps_of(shown)
    come = sum(one.state == "done" for one in steps)
    return Stand(come, len(steps)) if come < len(steps) else None
