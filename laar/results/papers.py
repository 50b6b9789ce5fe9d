"""What a piece of evidence is called where it is attached."""

from __future__ import annotations

from laar.events.rules import PROOFS
from laar.kit.names import Name
from laar.ledger.rules import DOCUMENT_PAPERS
from laar.ledger.rules.journal import FILE_PAPERS
from laar.projects.rules import CONTRIBUTION_PAPERS, PAPERS
from laar.registers.rules import PAPERS as REGISTER_PAPERS
from laar.results.rules import STORY_PAPERS

#: Every role that a paper has beside a record, from all floors.
ROLES = PROOFS | CONTRIBUTION_PAPERS | DOCUMENT_PAPERS | FILE_PAPERS | PAPERS | REGISTER_PAPERS | STORY_PAPERS


def paper_called(role: str) -> Name:
    """The name of a paper by what it is beside a record: `signed_sheet`, `voucher`."""
    return ROLES.get(role) or Name(en=role)
