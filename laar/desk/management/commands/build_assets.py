"""`build_assets`: what the pages load. A command, because no door imports another one; `laar` calls it before it serves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from laar.desk import assets


class Command(BaseCommand):
    """Make the style sheet and the Khmer web font where they are missing or older than their sources."""

    help = "make the style sheet and the Khmer web font where they are missing or older than their sources"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them."""
        assets.build()
