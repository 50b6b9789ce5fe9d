"""Floor 3."""

from laar.base.apps import Floor


class LedgerFloor(Floor):
    """Ledger."""

    name = "laar.ledger"
    label = "ledger"
