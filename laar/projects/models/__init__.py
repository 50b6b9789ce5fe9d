"""Tables of grants to communes, by noun."""

from laar.projects.models.contribution import Contribution, Delivery
from laar.projects.models.money import Agreement, Refund, Share, Tranche, TreasuryPayment, Voucher
from laar.projects.models.project import ApprovalStep, Completion, Opinion, Project, Visit

__all__ = [
    "Agreement",
    "ApprovalStep",
    "Completion",
    "Contribution",
    "Delivery",
    "Opinion",
    "Project",
    "Refund",
    "Share",
    "Tranche",
    "TreasuryPayment",
    "Visit",
    "Voucher",
]
