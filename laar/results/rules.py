"""Stages: how far something has come, seen from above. A stage is never stored, so it cannot lie."""

from __future__ import annotations

from laar.kit.names import Name

#: The stages of a request, in their order; the two last end it without a project.
STAGES = {
    "asked": Name(en="Asked", km="បានស្នើ"),
    "accepted": Name(en="Accepted by the council", km="ក្រុមប្រឹក្សាបានទទួលយក"),
    "planned": Name(en="Planned", km="ក្នុងផែនការ"),
    "agreed": Name(en="Grant agreed", km="ជំនួយបានព្រមព្រៀង"),
    "funded": Name(en="Funded", km="មានថវិកា"),
    "done": Name(en="Done", km="បានធ្វើ"),
    "told": Name(en="People were told", km="បានប្រាប់ប្រជាពលរដ្ឋ"),
    "referred": Name(en="Referred", km="បានបញ្ជូនបន្ត"),
    "declined": Name(en="Not possible", km="មិនអាចធ្វើបាន"),
}
