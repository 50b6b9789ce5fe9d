"""The lists of grants to communes and their money."""

from __future__ import annotations

from laar.kit.names import Name
from laar.projects.models import Project, Tranche, Voucher
from laar.results.chapters.chapter import Chapter
from laar.results.chapters.columns import PLACE, PROJECT, TITLE, Of
from laar.results.chapters.filters import area, chosen, period, search, year

_project, _tranche, _voucher = Of(Project), Of(Tranche), Of(Voucher)
_PLACE_OF = "agreement__project__place"

PROJECTS = Chapter(
    slug="projects",
    title=Name(en="Projects", km="គម្រោង"),
    model=Project,
    columns=(
        _project.name("title", TITLE),
        _project.code("code", sort="code"),
        _project.choice("kind", sort="kind", on_phone=False),
        _project.choice("theme", on_phone=False),
        _project.place(),
        _project.money("agreement__units", "agreement__currency", Name(en="Grant agreed", km="ជំនួយបានព្រមព្រៀង")),
        _project.state(sort="state"),
    ),
    filters=(
        search("code", "title_en", "title_km"),
        chosen(Project, "kind"),
        chosen(Project, "state"),
        chosen(Project, "theme"),
        year("plan__year"),
        area(),
    ),
    order="code",
    empty=Name(
        en="No project yet. A project is proposed for an approved plan, or for a need in it.",
        km="មិនទាន់មានគម្រោងទេ។ គម្រោងស្នើសម្រាប់ផែនការដែលបានអនុម័ត ឬតម្រូវការក្នុងនោះ។",
    ),
    verb="project.propose",
)

TRANCHES = Chapter(
    slug="tranches",
    title=Name(en="Tranches", km="ដំណាក់កាលទូទាត់"),
    model=Tranche,
    columns=(
        _tranche.name("agreement__project__title", PROJECT),
        _tranche.number("number", sort="number"),
        _tranche.place(_PLACE_OF, PLACE, on_phone=False),
        _tranche.money(sort="units"),
        _tranche.day("paid_on"),
        _tranche.state(sort="state"),
    ),
    filters=(
        search("agreement__project__code", "agreement__project__title_en", "agreement__project__title_km"),
        chosen(Tranche, "state"),
        area(f"{_PLACE_OF}__code"),
        *period("paid_on"),
    ),
    order="-id",
    empty=Name(
        en="No tranche yet. They are there as soon as an agreement is signed.",
        km="មិនទាន់មានដំណាក់កាលទូទាត់ទេ។ វានឹងមាន ពេលចុះហត្ថលេខាលើកិច្ចព្រមព្រៀង។",
    ),
)

VOUCHERS = Chapter(
    slug="vouchers",
    title=Name(en="Vouchers", km="ប័ណ្ណចំណាយ"),
    model=Voucher,
    columns=(
        _voucher.name("text", Name(en="For what", km="សម្រាប់អ្វី")),
        _voucher.code("number"),
        _voucher.day("dated", sort="dated"),
        _voucher.text("payee", on_phone=False),
        _voucher.name("tranche__agreement__project__title", PROJECT, on_phone=False),
        _voucher.money(sort="units"),
        _voucher.state(sort="state"),
    ),
    filters=(
        search("number"),
        chosen(Voucher, "state"),
        area(f"tranche__{_PLACE_OF}__code"),
        *period("dated"),
    ),
    order="-dated",
    empty=Name(
        en="No voucher yet. They are brought in for a tranche that was paid.",
        km="មិនទាន់មានប័ណ្ណចំណាយទេ។ ប័ណ្ណដាក់ចូលសម្រាប់ដំណាក់កាលដែលបានបើកប្រាក់។",
    ),
    verb="voucher.bring",
)

CHAPTERS = (PROJECTS, TRANCHES, VOUCHERS)
