"""Where things lie in a trace pack, and where a figure is found in public. Every name is one that any system can write."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Model

from laar.base.models import Evidence
from laar.kit.figures import Figure

#: How a query may stand in the name of a file.
IN_A_FILE = str.maketrans({"&": ",", "%": "!"})
ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/plain": "txt",
}


def address_in_pack(figure: Figure) -> str:
    """The page of a figure in a pack: `figures/oa.plans--year=2008.html`. Documents beside a pack link there."""
    key, _, query = figure.id.partition("?")
    scope = f"--{query.translate(IN_A_FILE)}" if query else ""
    return f"figures/{key}{scope}.html"


def public_address(figure: Figure) -> str | None:
    """The address of a figure's page at LAAR_PUBLIC_URL; None where the public finds nothing."""
    if not settings.LAAR_PUBLIC_URL:
        return None
    where = f"{settings.LAAR_PUBLIC_URL}/figures/{figure.scope.programme.code}/{figure.key}/"
    query = figure.scope.query()
    return f"{where}?{query}" if query else where


def address_of_record(record: Model) -> str:
    """The page of a record in a pack: `records/tranche-12.html`."""
    return f"records/{record._meta.model_name}-{record.pk}.html"


def address_of_file(piece: Evidence) -> str:
    """The file of a piece of evidence in a pack, by its digest."""
    return f"evidence/{piece.sha256}.{ENDINGS[piece.media_type]}"
