"""Whether every record that must have a paper has one, as figures."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from laar.base.models import Attachment
from laar.events.models import Event
from laar.events.rules import KINDS
from laar.kit.figures import Ratio, Records, Scope, Total, figure, figure_of
from laar.kit.names import Name
from laar.projects.models import Agreement, Tranche, Voucher
from laar.projects.rules import ROUTES


def _has(model: type[Any], role: str, key: str = "pk") -> Exists:
    """Whether a paper of this kind is attached to a record."""
    return Exists(Attachment.objects.filter(table=model._meta.label_lower, key=OuterRef(key), role=role))


def _held(scope: Scope) -> QuerySet[Event]:
    held = Event.objects.filter(programme=scope.programme, state="held", place__code__startswith=scope.place)
    return held.select_related("place", "host").order_by("on", "id")


def _agreements(scope: Scope) -> QuerySet[Agreement]:
    signed = Agreement.objects.filter(programme=scope.programme, project__place__code__startswith=scope.place)
    return signed.select_related("project").order_by("signed_on", "id")


def _received(scope: Scope) -> QuerySet[Tranche]:
    received = Tranche.objects.filter(
        programme=scope.programme,
        state__in=("acknowledged", "liquidated"),
        agreement__project__place__code__startswith=scope.place,
    )
    return received.select_related("agreement__project").order_by("paid_on", "id")


def _vouchers(scope: Scope) -> QuerySet[Voucher]:
    accepted = Voucher.objects.filter(
        programme=scope.programme,
        state="accepted",
        tranche__agreement__project__place__code__startswith=scope.place,
    )
    return accepted.select_related("tranche__agreement__project").order_by("dated", "id")


@figure(
    "evidence.events_proven",
    label=Name(en="Events held, with their papers", km="ព្រឹត្តិការណ៍ដែលមានឯកសារគ្រប់"),
    rule=Name(
        en="Events that were held and have every paper attached that their kind requires: minutes, signed sheet.",
        km="ព្រឹត្តិការណ៍ដែលបានប្រព្រឹត្តទៅ ហើយមានឯកសារគ្រប់តាមប្រភេទ៖ កំណត់ហេតុ បញ្ជីវត្តមាន។",
    ),
)
def events_proven(scope: Scope) -> Records:
    complete = Q(pk__in=[])
    for proofs in {kind.proofs for kind in KINDS.values()}:
        kinds = [code for code, kind in KINDS.items() if kind.proofs == proofs]
        attached = Q(kind__in=kinds)
        for proof in proofs:
            attached &= Q(_has(Event, proof))
        complete |= attached
    return Records(_held(scope).filter(complete))


@figure(
    "evidence.events",
    label=Name(en="Events held", km="ព្រឹត្តិការណ៍ដែលបានប្រព្រឹត្តទៅ"),
    rule=Name(en="Events of every kind that were held.", km="ព្រឹត្តិការណ៍គ្រប់ប្រភេទដែលបានប្រព្រឹត្តទៅ។"),
)
def events(scope: Scope) -> Records:
    return Records(_held(scope))


@figure(
    "evidence.agreements_proven",
    label=Name(en="Agreements with the signed paper", km="កិច្ចព្រមព្រៀងដែលមានឯកសារហត្ថលេខា"),
    rule=Name(
        en="Agreements to whose project the signed agreement is attached.",
        km="កិច្ចព្រមព្រៀងដែលគម្រោងមានឯកសារចុះហត្ថលេខា។",
    ),
)
def agreements_proven(scope: Scope) -> Records:
    signed = Attachment.objects.filter(table="projects.project", key=OuterRef("project_id"), role="agreement")
    return Records(_agreements(scope).filter(Exists(signed)))


@figure(
    "evidence.agreements",
    label=Name(en="Agreements", km="កិច្ចព្រមព្រៀង"),
    rule=Name(en="Agreements that were signed.", km="កិច្ចព្រមព្រៀងដែលបានចុះហត្ថលេខា។"),
)
def agreements(scope: Scope) -> Records:
    return Records(_agreements(scope))


@figure(
    "evidence.receipts_proven",
    label=Name(en="Tranches with the paper of their arrival", km="ដំណាក់កាលដែលមានបង្កាន់ដៃ"),
    rule=Name(
        en="Tranches whose arrival was acknowledged, with the paper that their route asks for: receipt, delivery note or "
        "deposit slip.",
        km="ដំណាក់កាលដែលបានទទួលស្គាល់ ហើយមានឯកសារតាមផ្លូវបើកប្រាក់៖ បង្កាន់ដៃ លិខិតប្រគល់ទទួល ឬប័ណ្ណដាក់ប្រាក់។",
    ),
)
def receipts_proven(scope: Scope) -> Records:
    arrived = Q(pk__in=[])
    for code, route in ROUTES.items():
        arrived |= Q(agreement__route=code) & Q(_has(Tranche, route.receipt))
    return Records(_received(scope).filter(arrived))


@figure(
    "evidence.receipts",
    label=Name(en="Tranches that arrived", km="ដំណាក់កាលដែលបានទទួល"),
    rule=Name(en="Tranches whose arrival was acknowledged.", km="ដំណាក់កាលដែលបានទទួលស្គាល់ថាបានទទួល។"),
)
def receipts(scope: Scope) -> Records:
    return Records(_received(scope))


@figure(
    "evidence.vouchers_proven",
    label=Name(en="Vouchers with their paper", km="ប័ណ្ណចំណាយដែលមានឯកសារ"),
    rule=Name(en="Accepted vouchers with the voucher itself attached.", km="ប័ណ្ណចំណាយដែលបានទទួលស្គាល់ ហើយមានឯកសារភ្ជាប់។"),
)
def vouchers_proven(scope: Scope) -> Records:
    return Records(_vouchers(scope).filter(_has(Voucher, "voucher")))


@figure(
    "evidence.vouchers",
    label=Name(en="Vouchers accepted", km="ប័ណ្ណចំណាយដែលបានទទួលស្គាល់"),
    rule=Name(en="Vouchers that were accepted and posted.", km="ប័ណ្ណចំណាយដែលបានទទួលស្គាល់ និងចុះបញ្ជី។"),
)
def vouchers(scope: Scope) -> Records:
    return Records(_vouchers(scope))


#: Of what kinds of record the papers are looked at.
_LOOKED_AT = ("events", "agreements", "receipts", "vouchers")


@figure(
    "evidence.proven",
    label=Name(en="Records with the papers they need", km="កំណត់ត្រាដែលមានឯកសារគ្រប់"),
    rule=Name(
        en="Events, agreements, tranches and vouchers that have the papers they need.",
        km="ព្រឹត្តិការណ៍ កិច្ចព្រមព្រៀង ដំណាក់កាល និងប័ណ្ណចំណាយ ដែលមានឯកសារគ្រប់។",
    ),
)
def proven(scope: Scope) -> Total:
    return Total(tuple(figure_of(f"evidence.{what}_proven", scope) for what in _LOOKED_AT))


@figure(
    "evidence.needed",
    label=Name(en="Records that need a paper", km="កំណត់ត្រាដែលត្រូវមានឯកសារ"),
    rule=Name(
        en="Events held, agreements signed, tranches that arrived and vouchers accepted.",
        km="ព្រឹត្តិការណ៍បានប្រព្រឹត្តទៅ កិច្ចព្រមព្រៀងបានចុះហត្ថលេខា ដំណាក់កាលបានទទួល និងប័ណ្ណចំណាយបានទទួលស្គាល់។",
    ),
)
def needed(scope: Scope) -> Total:
    return Total(tuple(figure_of(f"evidence.{what}", scope) for what in _LOOKED_AT))


@figure(
    "evidence.complete",
    label=Name(en="Evidence: records with the papers they need", km="ភស្តុតាង៖ កំណត់ត្រាដែលមានឯកសារគ្រប់"),
    rule=Name(
        en="Records with the papers they need, of those that need one.",
        km="កំណត់ត្រាដែលមានឯកសារគ្រប់ ក្នុងចំណោមកំណត់ត្រាដែលត្រូវមានឯកសារ។",
    ),
)
def complete(scope: Scope) -> Ratio:
    return Ratio(figure_of("evidence.proven", scope), figure_of("evidence.needed", scope))
