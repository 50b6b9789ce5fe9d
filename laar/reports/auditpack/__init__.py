"""An audit pack: a sample of entries, each with its lines and every paper behind it, and what is missing said by name."""

from laar.reports.auditpack.behind import Behind, behind
from laar.reports.auditpack.pack import written_pack

__all__ = ["Behind", "behind", "written_pack"]
