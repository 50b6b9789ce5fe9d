"""The figures about grants and projects."""

from __future__ import annotations

from django.db.models import QuerySet

from laar.kit.figures import Ratio, Records, Scope, Total, figure, figure_of
from laar.kit.names import Name
from laar.projects.models import Completion, Visit
from laar.projects.queries.money import paid_tranches, refunds, treasury_payments
from laar.projects.queries.projects import asked_grants, grants
from laar.projects.rules import AGREED, DONE, OPINIONS, SETTLED, THEMES

# ── outreach grants ─────────────────────────────────────────────────────────────────────────────────────────────────


@figure(
    "oa.support",
    label=Name(en="Financial support to outreach activities", km="ការគាំទ្រហិរញ្ញវត្ថុដល់សកម្មភាពចុះផ្សព្វផ្សាយ"),
    rule=Name(
        en="What was paid to communes for outreach activities, less what they paid back.",
        km="ប្រាក់ដែលបានបង់ដល់ឃុំសម្រាប់សកម្មភាពចុះផ្សព្វផ្សាយ ដកប្រាក់ដែលឃុំបានបង្វិល។",
    ),
    takes=("project",),
)
def oa_support(scope: Scope) -> Total:
    return Total((figure_of("oa.paid", scope),), less=(figure_of("oa.refunded", scope),))


@figure(
    "oa.paid",
    label=Name(en="Paid for outreach activities", km="បានបង់សម្រាប់សកម្មភាពចុះផ្សព្វផ្សាយ"),
    rule=Name(
        en="The tranches of outreach grants that were paid from the books, in the currency of the agreements.",
        km="ដំណាក់កាលនៃជំនួយសកម្មភាពចុះផ្សព្វផ្សាយដែលបានបង់ពីបញ្ជីគណនេយ្យ តាមរូបិយប័ណ្ណនៃកិច្ចព្រមព្រៀង។",
    ),
    takes=("project",),
)
def oa_paid(scope: Scope) -> Records:
    paid = paid_tranches(scope.programme, "oa", scope.place).filter(agreement__project__in=asked_grants(scope, "oa"))
    return Records(paid, column="units", currency=scope.programme.currency)


@figure(
    "oa.refunded",
    label=Name(en="Paid back from outreach grants", km="បានបង្វិលពីជំនួយសកម្មភាពចុះផ្សព្វផ្សាយ"),
    rule=Name(en="What communes paid back of their outreach grants.", km="ប្រាក់ដែលឃុំបានបង្វិលពីជំនួយសកម្មភាពចុះផ្សព្វផ្សាយ។"),
    takes=("project",),
)
def oa_refunded(scope: Scope) -> Records:
    back = refunds(scope.programme, "oa", scope.place).filter(tranche__agreement__project__in=asked_grants(scope, "oa"))
    return Records(back, column="units", currency=scope.programme.currency)


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
    return Records(grants(scope.programme, "oa", scope.place).exclude(plan__decision=None))


# ── social development projects ─────────────────────────────────────────────────────────────────────────────────────


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
    return Records(records.filter(theme=scope["theme"]) if scope["theme"] else records)


@figure(
    "sdp.communes",
    label=Name(en="Communes with a social development project", km="ឃុំដែលមានគម្រោងអភិវឌ្ឍន៍សង្គម"),
    rule=Name(en="Communes of social development projects, each once.", km="ឃុំនៃគម្រោងអភិវឌ្ឍន៍សង្គម ឃុំមួយរាប់ម្ដង។"),
)
def sdp_communes(scope: Scope) -> Records:
    return Records(grants(scope.programme, "sdp", scope.place), distinct="place__code")


@figure(
    "sdp.settled",
    label=Name(en="Projects whose grant is settled", km="គម្រោងដែលជំនួយបានទូទាត់"),
    rule=Name(
        en="Projects of whose grant every coin is accounted for: what was paid is liquidated or paid back.",
        km="គម្រោងដែលជំនួយបានទូទាត់គ្រប់ចំនួន៖ ប្រាក់ដែលបានបង់ ត្រូវបានទូទាត់ ឬបង្វិល។",
    ),
)
def sdp_settled(scope: Scope) -> Records:
    return Records(grants(scope.programme, "sdp", scope.place).filter(state__in=SETTLED))


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
        en="What was paid for social development projects, less what was paid back.",
        km="ប្រាក់ដែលបានបង់សម្រាប់គម្រោងអភិវឌ្ឍន៍សង្គម ដកប្រាក់ដែលបានបង្វិល។",
    ),
    takes=("project",),
)
def sdp_grants(scope: Scope) -> Total:
    return Total((figure_of("sdp.paid", scope),), less=(figure_of("sdp.refunded", scope),))


@figure(
    "sdp.paid",
    label=Name(en="Paid for social development projects", km="បានបង់សម្រាប់គម្រោងអភិវឌ្ឍន៍សង្គម"),
    rule=Name(
        en="The tranches of social development projects that were paid from the books, in the currency of the "
        "agreements.",
        km="ដំណាក់កាលនៃគម្រោងអភិវឌ្ឍន៍សង្គមដែលបានបង់ពីបញ្ជីគណនេយ្យ តាមរូបិយប័ណ្ណនៃកិច្ចព្រមព្រៀង។",
    ),
    takes=("project",),
)
def sdp_paid(scope: Scope) -> Records:
    paid = paid_tranches(scope.programme, "sdp", scope.place).filter(agreement__project__in=asked_grants(scope, "sdp"))
    return Records(paid, column="units", currency=scope.programme.currency)


@figure(
    "sdp.refunded",
    label=Name(en="Paid back from social development projects", km="បានបង្វិលពីគម្រោងអភិវឌ្ឍន៍សង្គម"),
    rule=Name(
        en="What was paid back of the tranches of social development projects.",
        km="ប្រាក់ដែលបានបង្វិលពីដំណាក់កាលនៃគម្រោងអភិវឌ្ឍន៍សង្គម។",
    ),
    takes=("project",),
)
def sdp_refunded(scope: Scope) -> Records:
    back = refunds(scope.programme, "sdp", scope.place).filter(
        tranche__agreement__project__in=asked_grants(scope, "sdp")
    )
    return Records(back, column="units", currency=scope.programme.currency)


@figure(
    "sdp.commune_fund",
    label=Name(en="Co-financing by the commune/sangkat fund", km="សហហិរញ្ញប្បទានពីមូលនិធិឃុំ/សង្កាត់"),
    rule=Name(
        en="What the treasury paid for social development projects from commune/sangkat funds, as copied into the "
        "councils' memorandum books and converted at the rate of the day.",
        km="អ្វីដែលរតនាគារបានបង់សម្រាប់គម្រោងអភិវឌ្ឍន៍សង្គមពីមូលនិធិឃុំ/សង្កាត់ តាមបញ្ជីកំណត់ចំណាំ គិតតាមអត្រានៃថ្ងៃ។",
    ),
    takes=("project",),
)
def commune_fund(scope: Scope) -> Records:
    paid = treasury_payments(scope.programme, scope.place).filter(
        share__agreement__project__in=asked_grants(scope, "sdp")
    )
    return Records(paid, column="booked", currency=scope.programme.currency)


@figure(
    "sdp.total",
    label=Name(en="Cost of the social development projects, both sources", km="ចំណាយគម្រោងអភិវឌ្ឍន៍សង្គម ពីប្រភពទាំងពីរ"),
    rule=Name(
        en="The grants of the programme and the co-financing of the communes: the two books read across.",
        km="ជំនួយរបស់កម្មវិធី និងសហហិរញ្ញប្បទានរបស់ឃុំ៖ អានបញ្ជីទាំងពីរជាមួយគ្នា។",
    ),
    takes=("project",),
)
def sdp_total(scope: Scope) -> Total:
    return Total((figure_of("sdp.grants", scope), figure_of("sdp.commune_fund", scope)))


@figure(
    "sdp.commune_share",
    label=Name(en="The communes' part of the cost", km="ចំណែករបស់ឃុំក្នុងចំណាយ"),
    rule=Name(
        en="Co-financing by the commune/sangkat fund, over the cost of the projects from both sources.",
        km="សហហិរញ្ញប្បទានពីមូលនិធិឃុំ/សង្កាត់ ធៀបនឹងចំណាយគម្រោងពីប្រភពទាំងពីរ។",
    ),
    takes=("project",),
)
def commune_share(scope: Scope) -> Ratio:
    return Ratio(figure_of("sdp.commune_fund", scope), figure_of("sdp.total", scope), percent=True)


@figure(
    "sdp.commune_share_of_grant",
    label=Name(
        en="The communes' part, over the grants (not the donor's co-financing rate)",
        km="ចំណែករបស់ឃុំធៀបនឹងជំនួយ (មិនមែនអត្រាសហហិរញ្ញប្បទានរបស់ម្ចាស់ជំនួយ)",
    ),
    rule=Name(
        en="Co-financing by the commune/sangkat fund, over the grants. It is not the rate at which a donor asks its "
        "partner to co-finance the action.",
        km="សហហិរញ្ញប្បទានពីមូលនិធិឃុំ/សង្កាត់ ធៀបនឹងជំនួយ។ វាមិនមែនជាអត្រាដែលម្ចាស់ជំនួយតម្រូវឱ្យដៃគូរួមចំណែកទេ។",
    ),
)
def commune_share_of_grant(scope: Scope) -> Ratio:
    return Ratio(figure_of("sdp.commune_fund", scope), figure_of("sdp.grants", scope), percent=True)


@figure(
    "action.grants",
    label=Name(en="Project money to the communes", km="ថវិកាគម្រោងដល់ឃុំ"),
    rule=Name(
        en="Outreach support and project grants together: what the programme paid to communes, less what came back.",
        km="ការគាំទ្រសកម្មភាពចុះផ្សព្វផ្សាយ និងជំនួយគម្រោង៖ ប្រាក់ដែលកម្មវិធីបានបង់ដល់ឃុំ ដកប្រាក់បង្វិល។",
    ),
)
def project_money(scope: Scope) -> Total:
    return Total((figure_of("oa.support", scope), figure_of("sdp.grants", scope)))


# ── what came of them ───────────────────────────────────────────────────────────────────────────────────────────────


def _completions(scope: Scope) -> QuerySet[Completion]:
    done = grants(scope.programme, "sdp", scope.place).filter(state__in=DONE).values("id")
    return Completion.objects.filter(project__in=done).select_related("project__line").order_by("on", "id")


@figure(
    "sdp.people_reached",
    label=Name(en="People reached by the projects", km="អ្នកទទួលផលពីគម្រោង"),
    rule=Name(
        en="The people on the completion pages of projects whose completion was verified.",
        km="ចំនួនមនុស្សក្នុងទំព័របញ្ចប់នៃគម្រោងដែលការបញ្ចប់បានផ្ទៀងផ្ទាត់។",
    ),
    of_people=True,
)
def people_reached(scope: Scope) -> Records:
    return Records(_completions(scope), column="people")


@figure(
    "sdp.women_reached",
    label=Name(en="Women reached by the projects", km="ស្ត្រីទទួលផលពីគម្រោង"),
    rule=Name(
        en="The women on the completion pages of projects whose completion was verified.",
        km="ចំនួនស្ត្រីក្នុងទំព័របញ្ចប់នៃគម្រោងដែលការបញ្ចប់បានផ្ទៀងផ្ទាត់។",
    ),
    of_people=True,
)
def women_reached(scope: Scope) -> Records:
    return Records(_completions(scope), column="women")


@figure(
    "sdp.people_expected",
    label=Name(en="People expected by the projects", km="អ្នកទទួលផលដែលរំពឹងទុក"),
    rule=Name(
        en="The people expected in the plan lines of the agreed projects.",
        km="ចំនួនមនុស្សដែលរំពឹងទុកក្នុងផែនការនៃគម្រោងដែលបានព្រមព្រៀង។",
    ),
)
def people_expected(scope: Scope) -> Records:
    return Records(grants(scope.programme, "sdp", scope.place), column="line__people")


@figure(
    "sdp.served",
    label=Name(en="People reached, of those expected", km="អ្នកទទួលផល ក្នុងចំណោមដែលរំពឹងទុក"),
    rule=Name(
        en="People on the completion pages of verified projects, over the people that the plan lines expected.",
        km="មនុស្សក្នុងទំព័របញ្ចប់នៃគម្រោងដែលបានផ្ទៀងផ្ទាត់ ធៀបនឹងចំនួនដែលផែនការរំពឹងទុក។",
    ),
)
def served(scope: Scope) -> Ratio:
    return Ratio(figure_of("sdp.people_reached", scope), figure_of("sdp.people_expected", scope))


@figure(
    "sdp.words_of_committees",
    label=Name(en="What monitoring committees said of the projects", km="មតិរបស់គណៈកម្មាធិការតាមដានអំពីគម្រោង"),
    rule=Name(
        en="The recorded words of monitoring committees on agreed projects, by what they say where that is asked for; "
        "none of them stops a payment.",
        km="មតិដែលបានកត់ត្រារបស់គណៈកម្មាធិការតាមដានអំពីគម្រោង តាមខ្លឹមសារបើមានសួរ; មិនបញ្ឈប់ការបង់ប្រាក់ទេ។",
    ),
    takes=("opinion",),
    only={"opinion": OPINIONS},
)
def words_of_committees(scope: Scope) -> Records:
    said = Visit.objects.filter(project__in=grants(scope.programme, "sdp", scope.place).values("id"))
    if scope["opinion"]:
        said = said.filter(opinion=scope["opinion"])
    return Records(said.select_related("project", "body").order_by("on", "id"))


@figure(
    "partnership.cofinanced",
    label=Name(en="Partnership: projects that the commune paid for, too", km="ភាពជាដៃគូ៖ គម្រោងដែលឃុំបានចូលរួមចំណាយ"),
    rule=Name(
        en="Projects for which the treasury paid a part from the commune/sangkat fund, of those agreed.",
        km="គម្រោងដែលរតនាគារបានបង់ចំណែកពីមូលនិធិឃុំ/សង្កាត់ ក្នុងចំណោមដែលបានព្រមព្រៀង។",
    ),
)
def cofinanced(scope: Scope) -> Ratio:
    return Ratio(figure_of("sdp.cofinanced", scope), figure_of("sdp.count", scope))


@figure(
    "sdp.cofinanced",
    label=Name(en="Projects that the commune paid for, too", km="គម្រោងដែលឃុំបានចូលរួមចំណាយ"),
    rule=Name(
        en="Agreed projects for which the treasury paid a part from the commune/sangkat fund.",
        km="គម្រោងដែលបានព្រមព្រៀង ហើយរតនាគារបានបង់ចំណែកពីមូលនិធិឃុំ/សង្កាត់។",
    ),
)
def cofinanced_projects(scope: Scope) -> Records:
    paid = treasury_payments(scope.programme, scope.place).order_by().values("share__agreement__project")
    return Records(grants(scope.programme, "sdp", scope.place).filter(id__in=paid))
