"""The step of the people and groups: a template to fill in, the file sent back, what it would do, and then all of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laar.base import uploads
from laar.base.clock import today
from laar.base.queries import line_of_command, was_done
from laar.desk.start.asking import Beginner, beginner, step_page
from laar.kit.refusals import Refusal
from laar.kit.sheets import MOST_BYTES, Row
from laar.registers.actions import load_parties
from laar.registers.models import Place
from laar.registers.people import Judged, judge, read
from laar.registers.queries import chosen_codes, known_codes, known_parties
from laar.registers.template import people_csv, people_xlsx

#: Under which the command of a file that was sent is named.
NAMES = UUID("6f1cf2a4-6d0e-4a0c-9f0f-6d9e1b7d3a52")
#: Of what is right, so many lines are shown; of what is wrong, all.
SHOWN = 200
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def people_step(request: HttpRequest) -> HttpResponse:
    """Send a file, see what it would do, let it be done."""
    who = beginner(request)
    refusal, error, shown = None, "", {}
    try:
        if "apply" in request.POST:
            return _apply(who, request.POST.get("sheet", ""))
        if request.method == "POST":
            sheet = _sent(request, who)
            if sheet:
                return redirect(f"{reverse('first_people')}?{urlencode({'sheet': sheet})}")
            error = _("Choose a file first.")
        elif "sheet" in request.GET:
            shown = _preview(who, request.GET["sheet"])
    except Refusal as no:
        refusal = no
    status = refusal.status if refusal else 422 if error else 200
    context = {**step_page(request, "people"), "refusal": refusal, "error": error, **shown}
    context["registered"] = _registered(request, who)
    return render(request, "desk/start/people.html", context, status=status)


@require_safe
@login_required
def people_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The template, with the communes of the programme."""
    who = beginner(request)
    if ending not in KINDS:
        raise Refusal("record.not_found")
    content = people_csv() if ending == "csv" else people_xlsx(_communes(who))
    headers = {"Content-Disposition": f'attachment; filename="people.{ending}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=KINDS[ending], headers=headers)


def _communes(who: Beginner) -> list[Place]:
    codes, known = chosen_codes(who.programme) if who.programme else set(), known_codes()
    return [known[code] for code in sorted(codes) if code in known]


def _sent(request: HttpRequest, who: Beginner) -> str:
    """Keep the file and return what stands for it, signed for this user; nothing where none was sent."""
    file = request.FILES.get("file")
    if file is None:
        return ""
    name = file.name or ""
    if (file.size or 0) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=name, most=MOST_BYTES // 2**20)
    content = file.read()
    read(content, name)  # what can't be read is said at once, and not kept
    return signing.dumps({"digest": uploads.put(content), "name": name[-80:], "user": who.user.pk}, salt=str(NAMES))


def _kept(who: Beginner, sheet: str) -> tuple[dict[str, str], list[Row]]:
    """The file that was kept, and its lines. Raises Refusal `upload.gone`."""
    try:
        known = signing.loads(sheet, salt=str(NAMES), max_age=uploads.KEPT_FOR)
    except signing.BadSignature:
        raise Refusal("upload.gone") from None
    if known["user"] != who.user.pk:
        raise Refusal("upload.gone")
    return known, read(uploads.read(known["digest"]), known["name"])


def _preview(who: Beginner, sheet: str) -> dict[str, Any]:
    kept, rows = _kept(who, sheet)
    judged = judge(rows, known=known_parties(), places=known_codes())

    def of(state: str) -> list[Judged]:
        return [line for line in judged if line.state == state]

    wrong, new, there = of("wrong"), of("new"), of("there")
    counts = {"wrong": len(wrong), "new": len(new), "there": len(there)}
    return {
        "sheet": sheet,
        "file": kept["name"],
        "counts": counts,
        "wrong": wrong,
        "new": new[:SHOWN],
        "there": there[:SHOWN],
    }


def _apply(who: Beginner, sheet: str) -> HttpResponse:
    """All lines, or none. Sent twice, it is done once."""
    command = uuid5(NAMES, sheet)
    if not was_done(command):
        kept, rows = _kept(who, sheet)
        load_parties(rows, by=who.user, on=today(), command=command)
        uploads.drop(kept["digest"])
    return redirect(f"{reverse('first_people')}?done={command}")


def _registered(request: HttpRequest, who: Beginner) -> int:
    """How many records the file of a moment ago became."""
    line = line_of_command(request.GET.get("done", ""), who.user)
    return line.rows.count() if line else 0
