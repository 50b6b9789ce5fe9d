"""Which tables are recorded in the trail: all of them, but these, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

#: label: (why it is not recorded, whether it is guarded against writes outside `act()` all the same)
UNRECORDED: dict[str, tuple[str, bool]] = {
    "base.installation": ("one row, made by the migration, that never changes: the lock for what has no parent", True),
    "base.trailline": ("it is the trail itself; sealed", True),
    "base.trailrow": ("it is the trail itself; sealed", True),
    "base.seal": ("it seals the trail; repeated in the head file", True),
    "sessions.session": ("who is signed in just now; what they do is in the trail", False),
    "mfa.authenticator": ("the secrets of a second factor; that it was set up or given up is in the trail", False),
    "account.emailaddress": ("of the sign-in library; nobody signs in by mail", False),
    "account.emailconfirmation": ("of the sign-in library; nobody signs in by mail", False),
    "auth.permission": ("of the framework; what a user may do is said by roles", False),
    "auth.group": ("of the framework; what a user may do is said by roles", False),
    "auth.group_permissions": ("of the framework; what a user may do is said by roles", False),
    "contenttypes.contenttype": ("of the framework: the names of the tables", False),
    "ledger.accountmonth": ("a roll-up: kept exact by act(), recounted by verify", True),
    "ledger.fundmonth": ("a roll-up: kept exact by act(), recounted by verify", True),
    "ledger.placeyear": ("a roll-up: kept exact by act(), recounted by verify", True),
    "ledger.headingmonth": ("a roll-up: kept exact by act(), recounted by verify", True),
    "ledger.headingplan": ("a roll-up: kept exact by act(), recounted by verify", True),
    "ledger.series": ("the last numbers taken: recounted by verify from the documents and entries", True),
    "results.listcount": ("a roll-up: kept exact by act(), recounted by verify", True),
}


def recorded_models() -> Iterator[type[models.Model]]:
    """Every table whose rows have images in the trail."""
    for model in apps.get_models():
        if model._meta.label_lower not in UNRECORDED:
            yield model
