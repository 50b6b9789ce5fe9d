"""The figures about what of the grants is agreed, accounted for, and still out; and the two sources together."""

from __future__ import annotations

from laar.kit.figures import Records, Scope, Total, figure, figure_of
from laar.kit.names import Name
from laar.projects.models import Agreement, Voucher
from laar.projects.queries.projects import asked_about
from laar.projects.rules import AGREED, PROJECT_KINDS

#: What was paid for a kind of project, less what came back.
NET_OF = {"oa": "oa.support", "sdp": "sdp.grants"}


@figure(
    "grants.agreed",
    label=Name(en="Grants agreed", km="ជំនួយដែលបានព្រមព្រៀង"),
    rule=Name(
        en="The amounts of the signed agreements, of one kind of project where that is asked for.",
        km="ចំនួនទឹកប្រាក់ក្នុងកិច្ចព្រមព្រៀងដែលបានចុះហត្ថលេខា តាមប្រភេទគម្រោងបើមានសួរ។",
    ),
    takes=("kind", "project"),
    only={"kind": PROJECT_KINDS},
)
def agreed(scope: Scope) -> Records:
    signed = Agreement.objects.filter(
        programme=scope.programme, project__state__in=AGREED, project__place__code__startswith=scope.place
    )
    if scope["kind"]:
        signed = signed.filter(project__kind=scope["kind"])
    if scope["project"]:
        signed = signed.filter(project=asked_about(scope))
    records = signed.select_related("project__place").order_by("signed_on", "id")
    return Records(records, column="units", currency=scope.programme.currency)


@figure(
    "grants.spent",
    label=Name(en="Accounted for by vouchers", km="បានទូទាត់ដោយប័ណ្ណចំណាយ"),
    rule=Name(
        en="The accepted vouchers of the grants, in the currency of the agreements.",
        km="ប័ណ្ណចំណាយនៃជំនួយដែលបានទទួលស្គាល់ តាមរូបិយប័ណ្ណនៃកិច្ចព្រមព្រៀង។",
    ),
    takes=("project",),
)
def spent(scope: Scope) -> Records:
    vouchers = Voucher.objects.filter(
        programme=scope.programme,
        state="accepted",
        tranche__agreement__project__place__code__startswith=scope.place,
    )
    if scope["project"]:
        vouchers = vouchers.filter(tranche__agreement__project=asked_about(scope))
    records = vouchers.select_related("tranche__agreement__project").order_by("dated", "id")
    return Records(records, column="units", currency=scope.programme.currency)


@figure(
    "grants.out",
    label=Name(en="Still with the councils", km="នៅជាមួយក្រុមប្រឹក្សា"),
    rule=Name(
        en="What was paid to communes, less what came back and what accepted vouchers account for.",
        km="ប្រាក់ដែលបានបង់ដល់ឃុំ ដកប្រាក់បង្វិល និងប្រាក់ដែលប័ណ្ណចំណាយបានទូទាត់។",
    ),
    takes=("project",),
)
def out(scope: Scope) -> Total:
    paid = NET_OF[asked_about(scope).kind] if scope["project"] else "action.grants"
    return Total((figure_of(paid, scope),), less=(figure_of("grants.spent", scope),))


@figure(
    "grants.both_sources",
    label=Name(en="From both sources together", km="ពីប្រភពទាំងពីររួមគ្នា"),
    rule=Name(
        en="What the programme paid to communes, less what came back, and what the treasury paid from commune/sangkat funds.",
        km="ប្រាក់ដែលកម្មវិធីបានបង់ដល់ឃុំ ដកប្រាក់បង្វិល និងប្រាក់ដែលរតនាគារបានបង់ពីមូលនិធិឃុំ/សង្កាត់។",
    ),
)
def both_sources(scope: Scope) -> Total:
    return Total((figure_of("action.grants", scope), figure_of("sdp.commune_fund", scope)))


@figure(
    "action.left",
    label=Name(en="Received and not spent", km="បានទទួល តែមិនទាន់ចំណាយ"),
    rule=Name(
        en="What was received from all donors, less the cost of the action in the programme's own book.",
        km="ប្រាក់ដែលបានទទួលពីម្ចាស់ជំនួយទាំងអស់ ដកចំណាយនៃសកម្មភាពក្នុងបញ្ជីរបស់កម្មវិធី។",
    ),
    by_place=False,
)
def left(scope: Scope) -> Total:
    return Total((figure_of("donor.amount", scope),), less=(figure_of("action.cost", scope),))
