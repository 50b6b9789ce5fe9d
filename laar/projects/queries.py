"""Reads of projects and their money, their figures, and what this floor objects to."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from laar.base.models import Programme
from laar.base.objectors import objects_to
from laar.kit.figures import Ratio, Records, Scope, figure, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Entry, Posting
from laar.plans.models import Plan
from laar.projects.models import Project, Tranche, Voucher
from laar.projects.rules import PAID, THEMES

#: A project counts from its signed agreement on.
AGREED = ("agreed", "completed", "settled")


def accepted(tranche: Tranche) -> Money:
    """What accepted vouchers account for, of a tranche."""
    sum_ = tranche.vouchers.filter(state="accepted").aggregate(sum=Sum("units"))["sum"] or 0
    return Money(sum_, tranche.currency)


def outstanding(project: Project) -> Money:
    """What was paid and is not accounted for yet. Zero at settlement."""
    agreement = project.agreement
    paid = agreement.tranches.filter(state__in=PAID).aggregate(sum=Sum("units"))["sum"] or 0
    vouchers = Voucher.objects.filter(tranche__agreement=agreement, state="accepted")
    return Money(paid - (vouchers.aggregate(sum=Sum("units"))["sum"] or 0), agreement.currency)


def any_paid(project: Project) -> bool:
    """Whether any money of a project was paid at all."""
    return Tranche.objects.filter(agreement__project=project, state__in=PAID).exists()


def earlier(tranche: Tranche) -> Tranche | None:
    """The tranche before this one."""
    return tranche.agreement.tranches.filter(number=tranche.number - 1).first()


def grants(programme: Programme, kind: str, prefix: str = "") -> QuerySet[Project]:
    """The projects of a kind that were agreed."""
    return (
        Project.objects.filter(programme=programme, kind=kind, state__in=AGREED, place__code__startswith=prefix)
        .select_related("place", "council", "plan", "agreement")
        .order_by("place__code", "code")
    )


def paid_tranches(programme: Programme, kind: str, prefix: str = "") -> QuerySet[Tranche]:
    """The tranches of a kind of project that were paid."""
    return (
        Tranche.objects.filter(
            programme=programme,
            state__in=PAID,
            agreement__project__kind=kind,
            agreement__project__place__code__startswith=prefix,
        )
        .select_related("agreement__project__place", "entry")
        .order_by("paid_on", "id")
    )


@objects_to("entry.reverse")
def a_paid_tranche_keeps_its_entry(entry: Entry) -> None:
    """A tranche or a voucher that cites an entry would stand without its money."""
    cited = Tranche.objects.filter(entry=entry).first() or Voucher.objects.filter(entry=entry).first()
    if cited:
        raise Refusal("tranche.entry_cited", tranche=cited.name)


@objects_to("plan.close")
def an_open_grant_keeps_its_plan_open(plan: Plan) -> None:
    """A plan is closed when its grant is settled."""
    open_grant = Project.objects.filter(plan=plan).exclude(state__in=("settled", "rejected")).first()
    if open_grant:
        raise Refusal("project.open", plan=plan.name, project=open_grant.name)


@figure(
    "oa.support",
    label=Name(en="Financial support to outreach activities", km="ការគាំទ្រហិរញ្ញវត្ថុដល់សកម្មភាពចុះផ្សព្វផ្សាយ"),
    rule=Name(
        en="The tranches of outreach grants that were paid from the books, in the currency of the agreements.",
        km="ដំណាក់កាលនៃជំនួយសកម្មភាពចុះផ្សព្វផ្សាយដែលបានបង់ពីបញ្ជីគណនេយ្យ តាមរូបិយប័ណ្ណនៃកិច្ចព្រមព្រៀង។",
    ),
)
def oa_support(scope: Scope) -> Records:
    return Records(paid_tranches(scope.programme, "oa", scope.place), column="units", currency=scope.programme.currency)


@figure(
    "oa.communes",
    label=Name(en="Communes with an outreach grant", km="ឃុំដែលទទួលជំនួយសកម្មភាពចុះផ្សព្វផ្សាយ"),
    rule=Name(
        en="Communes of outreach grants that were agreed, each once.",
        km="ឃុំនៃជំនួយដែលបានចុះកិច្ចព្រមព្រៀង ឃុំមួយរាប់ម្ដង។",
    ),
)
def oa_communes(scope: Scope) -> Records:
    return Records(grants(scope.programme, "oa", scope.place), distinct="place__code")


@figure(
    "oa.grants",
    label=Name(en="Outreach grants agreed", km="ជំនួយសកម្មភាពចុះផ្សព្វផ្សាយដែលបានព្រមព្រៀង"),
    rule=Name(en="Outreach grants with a signed agreement.", km="ជំនួយដែលមានកិច្ចព្រមព្រៀងចុះហត្ថលេខា។"),
    takes=("state",),
    only={"state": AGREED},
)
def oa_grants(scope: Scope) -> Records:
    records = grants(scope.programme, "oa", scope.place)
    return Records(records.filter(state=scope["state"]) if scope["state"] else records)


@figure(
    "oa.settled",
    label=Name(en="Outreach grants settled, of those agreed", km="ជំនួយបានទូទាត់ ក្នុងចំណោមដែលបានព្រមព្រៀង"),
    rule=Name(
        en="What “effectively” means for outreach money: grants whose every coin is accounted for, of those agreed.",
        km="ន័យនៃ «ប្រកបដោយប្រសិទ្ធភាព» សម្រាប់ប្រាក់៖ ជំនួយដែលបានទូទាត់គ្រប់ចំនួន ក្នុងចំណោមដែលបានព្រមព្រៀង។",
    ),
)
def oa_settled(scope: Scope) -> Ratio:
    agreed = figure_of("oa.grants", scope)
    return Ratio(agreed.at(state="settled"), agreed)


@figure(
    "sdp.count",
    label=Name(en="Social development projects", km="គម្រោងអភិវឌ្ឍន៍សង្គម"),
    rule=Name(
        en="Social development projects with a signed agreement, by theme where one is asked for.",
        km="គម្រោងអភិវឌ្ឍន៍សង្គមដែលមានកិច្ចព្រមព្រៀងចុះហត្ថលេខា តាមប្រធានបទបើមានសួរ។",
    ),
    takes=("theme",),
    only={"theme": THEMES},
)
def sdp_count(scope: Scope) -> Records:
    records = grants(scope.programme, "sdp", scope.place)
    if scope["theme"]:
        records = records.filter(theme=scope["theme"])
    return Records(records)


@figure(
    "sdp.communes",
    label=Name(en="Communes with a social development project", km="ឃុំដែលមានគម្រោងអភិវឌ្ឍន៍សង្គម"),
    rule=Name(en="Communes of social development projects, each once.", km="ឃុំនៃគម្រោងអភិវឌ្ឍន៍សង្គម ឃុំមួយរាប់ម្ដង។"),
)
def sdp_communes(scope: Scope) -> Records:
    return Records(grants(scope.programme, "sdp", scope.place), distinct="place__code")


@figure(
    "sdp.settled",
    label=Name(en="Social development projects settled", km="គម្រោងអភិវឌ្ឍន៍សង្គមដែលបានទូទាត់"),
    rule=Name(en="Projects whose every coin is accounted for.", km="គម្រោងដែលបានទូទាត់គ្រប់ចំនួន។"),
)
def sdp_settled(scope: Scope) -> Records:
    return Records(grants(scope.programme, "sdp", scope.place).filter(state="settled"))


@figure(
    "sdp.effective",
    label=Name(en="Projects settled, of those agreed", km="គម្រោងបានទូទាត់ ក្នុងចំណោមដែលបានព្រមព្រៀង"),
    rule=Name(
        en="What “effectively” means for projects: those whose every coin is accounted for, of those agreed.",
        km="ន័យនៃ «ប្រកបដោយប្រសិទ្ធភាព» សម្រាប់គម្រោង៖ គម្រោងដែលបានទូទាត់គ្រប់ចំនួន ក្នុងចំណោមដែលបានព្រមព្រៀង។",
    ),
)
def sdp_effective(scope: Scope) -> Ratio:
    return Ratio(figure_of("sdp.settled", scope), figure_of("sdp.count", scope))


@figure(
    "sdp.grants",
    label=Name(en="Grants to the social development projects", km="ថវិកាគម្រោងសម្រាប់គម្រោងអភិវឌ្ឍន៍សង្គម"),
    rule=Name(
        en="The tranches of social development projects that were paid from the books, in the currency of the agreements.",
        km="ដំណាក់កាលនៃគម្រោងអភិវឌ្ឍន៍សង្គមដែលបានបង់ពីបញ្ជីគណនេយ្យ តាមរូបិយប័ណ្ណនៃកិច្ចព្រមព្រៀង។",
    ),
)
def sdp_grants(scope: Scope) -> Records:
    return Records(
        paid_tranches(scope.programme, "sdp", scope.place), column="units", currency=scope.programme.currency
    )


@figure(
    "sdp.commune_fund",
    label=Name(en="Co-financing by the commune/sangkat fund", km="សហហិរញ្ញប្បទានពីមូលនិធិឃុំ/សង្កាត់"),
    rule=Name(
        en="What the treasury paid for social development projects from commune/sangkat funds, as copied into the "
        "memorandum book and converted at the rate of the day.",
        km="អ្វីដែលរតនាគារបានបង់សម្រាប់គម្រោងអភិវឌ្ឍន៍សង្គមពីមូលនិធិឃុំ/សង្កាត់ តាមបញ្ជីកំណត់ចំណាំ គិតតាមអត្រានៃថ្ងៃ។",
    ),
    by_place=False,
)
def commune_fund(scope: Scope) -> Records:
    paid = Posting.objects.filter(
        programme=scope.programme,
        account__kind="expense",
        account__book__is_memorandum=True,
        account__book__currency=scope.programme.currency,
        fund__kind="commune",
        purpose__kind="sdp",
    )
    records = paid.select_related("account", "fund", "purpose", "entry").order_by("on", "id")
    return Records(records, column="in_book", currency=scope.programme.currency)


@figure(
    "transparency.decided",
    label=Name(
        en="Transparency: grants with the council's decision on file", km="តម្លាភាព៖ ជំនួយដែលមានសេចក្តីសម្រេចក្នុងឯកសារ"
    ),
    rule=Name(
        en="Agreed outreach grants whose plan has a numbered council decision, of all that were agreed.",
        km="ជំនួយដែលផែនការមានសេចក្តីសម្រេចមានលេខរបស់ក្រុមប្រឹក្សា ក្នុងចំណោមជំនួយទាំងអស់។",
    ),
)
def transparency(scope: Scope) -> Ratio:
    return Ratio(figure_of("oa.decided", scope), figure_of("oa.grants", scope))


@figure(
    "oa.decided",
    label=Name(en="Outreach grants with a council decision", km="ជំនួយដែលមានសេចក្តីសម្រេច"),
    rule=Name(
        en="Agreed outreach grants whose plan has a numbered council decision.",
        km="ជំនួយដែលផែនការមានសេចក្តីសម្រេចមានលេខរបស់ក្រុមប្រឹក្សា។",
    ),
)
def decided(scope: Scope) -> Records:
    return Records(grants(scope.programme, "oa", scope.place).exclude(plan__decision=""))
