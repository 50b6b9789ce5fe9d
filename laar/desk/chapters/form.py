"""The filters of a list as the fields of a form: written here and not in a template, for they may offer many places."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from laar.desk import said
from laar.kit.names import Name
from laar.results.chapters import Asked, Filter


def fields(asked: Asked, *, search: bool) -> SafeString:
    """The field for the words that are looked for, or all others."""
    return mark_safe("".join(_field(asked, one) for one in asked.filters if (one.kind == "search") is search))


def is_open(asked: Asked) -> bool:
    """Whether one of the fields that may be folded away is filled in."""
    return any(one.name in asked.given for one in asked.filters if one.kind != "search")


def _field(asked: Asked, one: Filter) -> str:
    """One field with its label; what is wrong with it stands below, and what was typed stays."""
    no, label = asked.wrong.get(one.name), escape(capfirst(str(one.label)))
    wrong = f' aria-invalid="true" aria-describedby="e-{one.name}"' if no else ""
    why = f'<span class="err" id="e-{one.name}">{escape(no.text.say(said.language()))}</span>' if no else ""
    field = _select(asked, one, wrong) if one.kind in ("choice", "place") else _input(asked, one, wrong)
    bad = " bad" if no else ""
    return f'<div class="fld{bad}"><label for="f-{one.name}">{label}</label>{field}{why}</div>\n'


def _select(asked: Asked, one: Filter, wrong: str) -> str:
    typed, language = asked.given.get(one.name, ""), said.language()
    options = [f'<option value="">{escape(_("all"))}</option>']
    for code, label in asked.options[one.name]:
        inside = "– " if one.kind == "place" and len(code) > 4 else ""
        name = label.say(language) if isinstance(label, Name) else str(label)
        chosen = " selected" if code == typed else ""
        options.append(f'<option value="{escape(code)}"{chosen}>{inside}{escape(name)}</option>')
    if wrong:
        options.append(f'<option value="{escape(typed)}" selected>{escape(typed)}</option>')
    return f'<select id="f-{one.name}" name="{one.name}"{wrong}>{"".join(options)}</select>'


def _input(asked: Asked, one: Filter, wrong: str) -> str:
    kind = "date" if one.kind == "day" and not wrong else "text"
    numeric = ' inputmode="numeric"' if one.kind == "year" else ""
    typed = escape(asked.given.get(one.name, ""))
    return (
        f'<input id="f-{one.name}" name="{one.name}" type="{kind}" value="{typed}"{numeric}{wrong} autocomplete="off">'
    )
