"""Every write of this floor, by noun."""

from laar.projects.actions.money import (
    accept_voucher,
    acknowledge_tranche,
    approve_tranche,
    bring_voucher,
    liquidate_tranche,
    pay_tranche,
    refuse_voucher,
    request_tranche,
    withhold_tranche,
)
from laar.projects.actions.project import (
    Terms,
    approve_project,
    check_project,
    complete_project,
    propose_again_project,
    propose_project,
    reject_project,
    return_project,
    settle_project,
    sign_project,
)

__all__ = [
    "Terms",
    "accept_voucher",
    "acknowledge_tranche",
    "approve_project",
    "approve_tranche",
    "bring_voucher",
    "check_project",
    "complete_project",
    "liquidate_tranche",
    "pay_tranche",
    "propose_again_project",
    "propose_project",
    "refuse_voucher",
    "reject_project",
    "request_tranche",
    "return_project",
    "settle_project",
    "sign_project",
    "withhold_tranche",
]
