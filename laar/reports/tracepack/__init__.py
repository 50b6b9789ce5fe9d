"""A trace pack: a zip of static pages, records and evidence that opens without LAAR, made for one reader.

`gathered` reads what belongs into it and what its reader may see, `pages` writes the pages, `pack` the file.
"""

from laar.reports.tracepack.addresses import address_in_pack, public_address
from laar.reports.tracepack.pack import Made, made_pack

__all__ = ["Made", "address_in_pack", "made_pack", "public_address"]
