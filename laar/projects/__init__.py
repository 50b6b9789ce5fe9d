"""Grants to communes, for outreach and for social development projects: agreement, tranches, vouchers, completion."""
