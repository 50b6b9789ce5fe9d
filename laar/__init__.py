"""LAAR: local-governance support programmes, from a villager's request to the donor's report."""

__version__ = "0.1.0"
