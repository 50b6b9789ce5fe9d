"""What a log may not hold: the token of an invitation, and the key of a new house, stand in addresses; a log names those."""

from __future__ import annotations

import logging
import re

TOKEN = re.compile(r"(/invitation/|[?&]key=)[\w-]+")


class WithoutTokens(logging.Filter):
    """Covers the token wherever an address is written down."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, its tokens covered."""
        said = record.getMessage()
        if TOKEN.search(said):
            record.msg, record.args = TOKEN.sub(r"\1…", said), ()
        return True
