"""All parts that a page is made of, on one page: made of the parts themselves, so it can't say otherwise than they are."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.desk import specimens
from laar.kit.money import Money
from laar.kit.names import Name


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """The design of LAAR, alive, with invented numbers."""
    return render(
        request,
        "desk/look.html",
        {
            "sections": specimens.SECTIONS,
            "crumbs": specimens.CRUMBS,
            "tabs": specimens.TABS,
            "tasks": specimens.TASKS,
            "steps": specimens.WAY,
            "converted": specimens.CONVERTED,
            "amount": Money.of("2765.96", "EUR"),
            "place": Name(en="Preaek Phtoul", km="ព្រែកផ្ទោល"),
            "day": date(2010, 1, 14),
            "page_obj": specimens.page_of_a_list(),
            "filter": specimens.SpecimenFilter(),
            "form": specimens.asked_in_vain(),
            "bullets": specimens.bullets(),
            "money_bar": specimens.money_bar(),
            "steps_line": specimens.steps(),
            "slopes": specimens.slopes(),
            "strip": specimens.strip(),
        },
    )
