"""A QR code as an SVG element: no file, no address, nothing that the content policy would have to allow."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode import QRCode

#: The light margin that a camera needs, in modules.
BORDER = 4


def qr(text: str, label: str) -> SafeString:
    """The code of a text, with a label for those who don't see it. Dark on light in every colour scheme."""
    code = QRCode(border=BORDER)
    code.add_data(text)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>',
        len(rows),
        label,
        dark,
    )
