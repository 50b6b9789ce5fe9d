"""A social development project from the ranked need to the signed agreement: who was asked, who looked, who signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from laar.demo import given
from laar.demo.books import open_councils_book
from laar.demo.cast import Cast
from laar.demo.data import Row, day, later, of_commune, pair
from laar.demo.delivery import Delivery
from laar.demo.tale import Tale
from laar.demo.teller import Teller
from laar.kit.money import Money
from laar.kit.names import Name
from laar.projects.actions import (
    Part,
    Terms,
    approve_project,
    check_project,
    give_opinion,
    propose_again_project,
    propose_project,
    require_approval,
    return_project,
    sign_project,
)
from laar.projects.models import Project

#: Whose word is asked: the kind of body, before which step, and what the step is called.
STEPS = (
    ("department", "approve", "Technical opinion of the line department", "មតិបច្ចេកទេសរបស់មន្ទីរជំនាញ"),
    ("facilitation_team", "approve", "Joint review with DFT and PFT", "ការពិនិត្យរួមជាមួយ DFT និង PFT"),
    ("ngo", "sign", "No objection of the lead", "ការមិនជំទាស់របស់អង្គការដឹកនាំ"),
)
REVIEWED, NO_OBJECTION = date(2008, 11, 20), date(2009, 1, 6)
#: Which department knows about a theme.
DEPARTMENT = {"health_environment": "health", "education": "education", "agriculture_livelihood": "agriculture"}
#: What was said about all of them together.
FOUND = "All proposals were read. They are social, small, asked for by villagers, and part of the commune's plan."
#: A proposal that came without a signature, was given back, and mended.
UNSIGNED = "210707"


def require_words(teller: Teller, cast: Cast) -> None:
    """From mid-2008 on it is said who is asked about a proposal."""
    for position, (kind, before, en, km) in enumerate(STEPS, start=1):
        cast.steps[kind] = teller.tell(
            f"step {kind}",
            require_approval,
            cast.programme,
            "sdp",
            position,
            name=Name(en=en, km=km),
            body_kind=kind,
            before=before,
            since=teller.day,
            by=cast.manager,
        )


def tell(tale: Tale) -> None:
    """Put the project on the agenda."""
    Proposal(tale, next(of_commune("sdps.csv", tale.code))).tell()


class Proposal:
    """The project before its agreement."""

    project: Project

    def __init__(self, tale: Tale, row: Row) -> None:
        self.tale, self.row = tale, row
        #: Whose word was given on the proposal, and what was said.
        self.words: list[tuple[str, dict[str, Any]]] = []
        self.proposed, self.signed = day(row["proposed"]), day(row["signed"])
        self.code = f"SDP-{tale.code}"

    def tell(self) -> None:
        """From the need to the signature; then the year begins."""
        at = self.tale.at
        at(self.proposed, self.propose)
        at(later(self.proposed, 35), self.department)
        at(REVIEWED, self.review)
        if self.tale.code == UNSIGNED:
            at(later(REVIEWED, 4), self.give_back)
            at(later(REVIEWED, 11), self.mend)
        at(later(REVIEWED, 13), self.check)
        at(later(self.tale.on("session-budget"), 3), self.approve)
        at(later(self.signed, -4), lambda: open_councils_book(self.tale.teller, self.tale.cast, self.tale.code))
        at(NO_OBJECTION, self.lead)
        at(self.signed, self.sign)
        Delivery(self.tale, self.row, lambda: self.project).tell()
        given.tell(self.tale, self.signed, lambda: self.project)

    def propose(self) -> None:
        """For the need that the council has ranked first."""
        tale = self.tale
        self.project = tale.do(
            "sdp propose",
            propose_project,
            tale.kept["cip"],
            code=self.code,
            purpose=tale.cast.purposes["SDP"],
            title=pair(self.row, "title"),
            line=tale.kept["cip sdp"],
            theme=self.row["theme"],
        )

    def department(self) -> None:
        """The line department's technical opinion."""
        key = DEPARTMENT[self.row["theme"]]
        body, title = self.tale.cast.parties[key], f"Technical opinion on {self.code}"
        letter = self.tale.paper(
            "decision",
            title,
            [
                ("From", body.name.en),
                ("On", self.row["title_en"]),
                (
                    "Opinion",
                    "The project agrees with our own programme in the district; our staff will join the training.",
                ),
            ],
            ["Head of office (fictional)"],
            called="មតិបច្ចេកទេស",
        )
        text = Name(en="Agrees with the department's own programme.", km="ស្របតាមកម្មវិធីរបស់មន្ទីរ។")
        self._word("department", key, text, letter)

    def review(self) -> None:
        """District and provincial facilitators look at all proposals of the district in one sitting."""
        district = f"dft-{self.tale.code[:4]}"
        title = "Joint review of the proposals of the district"
        signed = [person.name.en for person in self.tale.cast.members[district]]
        letter = self.tale.shared(f"review-{district}", "minutes", title, [("Finding", FOUND)], signed)
        text = Name(en="Fits the plans of the district.", km="ស្របតាមផែនការស្រុក។")
        self._word("facilitation_team", district, text, letter)

    def lead(self) -> None:
        """The lead has no objection to any of them."""
        title = "No objection to the social development projects of 2009"
        letter = self.tale.shared(
            "no-objection", "decision", title, [("Finding", FOUND)], ["Director of the Alliance (fictional)"]
        )
        self._word("ngo", "lead", Name(en="No objection.", km="មិនជំទាស់។"), letter)

    def _word(self, kind: str, body: str, text: Name, letter: object) -> None:
        tale = self.tale
        facts = {"body": tale.cast.parties[body], "is_favourable": True, "text": text, "paper": letter}
        self.words.append((kind, facts))
        tale.do(f"sdp word {kind}", give_opinion, self.project, tale.cast.steps[kind], **facts)

    def give_back(self) -> None:
        """The second deputy's signature is missing."""
        reason = Name(en="The second deputy has not signed the proposal.", km="ជំទប់ទីពីរមិនទាន់ចុះហត្ថលេខាលើសំណើ។")
        self.project = self.tale.do("sdp return", return_project, self.project, reason=reason)

    def mend(self) -> None:
        """It is signed and comes again; those who were asked stand by their word."""
        self.project = self.tale.do("sdp propose again", propose_again_project, self.project)
        for kind, facts in list(self.words):
            step = self.tale.cast.steps[kind]
            self.tale.do(f"sdp word {kind} again", give_opinion, self.project, step, **facts)

    def check(self) -> None:
        """One page, two names."""
        tale, second = self.tale, self.tale.cast.parties["Tan Vibol"]
        checklist = tale.paper(
            "checklist",
            f"Quality checklist, {self.code}",
            [
                ("Asked for by villagers", "yes, request on file"),
                ("First in the ranked needs", "yes"),
                ("Social, not works", "yes"),
                ("Quantity and people named", f"yes, {self.row['quantity']} {self.row['unit_en']}"),
                ("Commune pays a part", "yes, in the budget of 2009"),
                ("Committee can watch it", "yes"),
            ],
            [tale.worker.name.en, second.name.en],
        )
        self.project = tale.do("sdp check", check_project, self.project, checklist=checklist, second=second)

    def approve(self) -> None:
        """After the budget was adopted."""
        self.project = self.tale.do("sdp approve", approve_project, self.project, by=self.tale.cast.manager)

    def sign(self) -> None:
        """The agreement: our grant, the commune's part, the route of the money."""
        tale, cast, row = self.tale, self.tale.cast, self.row
        whole, share = Money.of(row["grant"], "EUR"), Money.of(row["share"], "KHR")
        number = f"SDP/{tale.code}/2009"
        paper = tale.paper(
            "agreement",
            f"Agreement {number}",
            [
                ("Council", tale.council.name.en),
                ("Organisation", cast.parties["ngo"].name.en),
                ("Project", row["title_en"]),
                ("Grant", f"{whole} in two payments, the second when the first is accounted for"),
                ("Commune's part", f"{share} from the commune/sangkat fund, decision 18/08"),
                ("Route", ROUTE_WORDS[row["route"]]),
                ("Committee", "the monitoring committee sees deliveries and is heard before the end"),
            ],
            [*tale.of_the_council(1), cast.manager.name.en, *tale.of_the_committee(1)],
        )
        terms = Terms(
            number=number,
            amount=whole,
            tranches=whole.split([60, 40]),
            route=row["route"],
            fund=cast.funds["LBF"],
            bank=cast.accounts["101"],
            advances=cast.accounts["121"],
            expense=cast.accounts["502"],
            line=cast.lines["LBF 6.2-2009"],
            share=Part(
                amount=share,
                decision=tale.decisions["share"],
                fund=cast.funds[tale.code],
                paid_from=cast.accounts[f"701-{tale.code}"],
                expense=cast.accounts[f"601-{tale.code}"],
            ),
        )
        self.project = tale.do("sdp sign", sign_project, self.project, terms=terms, paper=paper, by=cast.manager)


ROUTE_WORDS = {
    "advance": "an advance to the commune's account",
    "supplier": "the organisation pays the supplier on the council's request",
    "treasury": "a deposit at the treasury, as revenue in the budget",
}
