"""The story, in order of time: an office, two communes, a grant each, and a list of codes that was renamed later."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from laar.base.actions import keep_evidence
from laar.base.queries import was_done
from laar.demo.cast import Cast, found, seat_bodies
from laar.demo.commune import Asked, Commune
from laar.demo.paper import paper
from laar.demo.teller import Strand, Teller, command_of
from laar.events.actions import announce_event, hold_event, record_attendance
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import Leg, credit, debit, post_entry, set_rate
from laar.registers.actions import rename_sector
from laar.registers.queries import sector_on

#: The last step of the story.
LAST = "sector 16020 renamed"

#: Plausible, not official: how many riel one euro cost from a day on.
RATES = ((date(2008, 1, 1), "5850"), (date(2008, 6, 1), "6400"), (date(2008, 11, 1), "5200"))

SAMRAONG = (
    Asked(
        Name(
            en="Explain to the villages how the commune's budget is decided and spent",
            km="សូមពន្យល់ដល់ភូមិ អំពីរបៀបសម្រេច និងចំណាយថវិកាឃុំ",
        ),
        "f",
        Name(en="The commune's plan and budget explained in the villages", km="ពន្យល់ផែនការ និងថវិកាឃុំនៅតាមភូមិ"),
        3,
        85,
        "230.00",
    ),
    Asked(
        Name(
            en="Mothers want to know how to keep the children from dengue before the rains",
            km="ម្តាយៗចង់ដឹងពីរបៀបការពារកូនពីជំងឺគ្រុនឈាម មុនរដូវភ្លៀង",
        ),
        "f",
        Name(en="Awareness session on dengue with mothers", km="វគ្គផ្សព្វផ្សាយអំពីជំងឺគ្រុនឈាមជាមួយម្តាយ"),
        5,
        60,
        "215.00",
    ),
    Asked(
        Name(
            en="Young people ask what the council does about domestic violence",
            km="យុវជនសួរថាក្រុមប្រឹក្សាធ្វើអ្វីចំពោះអំពើហិង្សាក្នុងគ្រួសារ",
        ),
        "m",
        Name(
            en="Youth evening on domestic violence and where to find help", km="ជួបជុំយុវជនអំពីអំពើហិង្សាក្នុងគ្រួសារ និងកន្លែងរកជំនួយ"
        ),
        6,
        70,
        "190.00",
    ),
    Asked(
        Name(en="Repair the road to the market", km="សូមជួសជុលផ្លូវទៅផ្សារ"),
        "m",
        reason=Name(
            en="Roads are not part of this grant; the request was sent to the department of the district.",
            km="ផ្លូវមិនស្ថិតក្នុងជំនួយនេះទេ; សំណូមពរត្រូវបានបញ្ជូនទៅការិយាល័យស្រុក។",
        ),
    ),
)

PONLEY = (
    Asked(
        Name(
            en="Tell every village before August what to do when the water comes",
            km="សូមប្រាប់គ្រប់ភូមិមុនខែសីហា ថាត្រូវធ្វើអ្វីពេលទឹកមកដល់",
        ),
        "f",
        Name(en="Village meetings on preparing for the flood", km="ប្រជុំភូមិអំពីការត្រៀមទប់ទល់ទឹកជំនន់"),
        4,
        120,
        "260.00",
    ),
    Asked(
        Name(
            en="How do we register the birth of a child that was born at home?",
            km="តើត្រូវចុះសំបុត្រកំណើតកូនដែលកើតនៅផ្ទះដោយរបៀបណា?",
        ),
        "f",
        Name(en="Mobile session on birth registration", km="ចុះផ្សព្វផ្សាយអំពីការចុះសំបុត្រកំណើត"),
        5,
        75,
        "195.00",
    ),
    Asked(
        Name(
            en="Show the plan and the budget where everybody can read it",
            km="សូមបិទផែនការ និងថវិកានៅកន្លែងដែលគ្រប់គ្នាអាចអានបាន",
        ),
        "m",
        Name(en="Boat tour to show the plan and budget in three villages", km="ជិះទូកបង្ហាញផែនការ និងថវិកានៅបីភូមិ"),
        9,
        50,
        "180.00",
        reason=Name(
            en="The water stood too high in September; the boards were put up at the pagoda instead, without cost.",
            km="ទឹកឡើងខ្ពស់ពេកនៅខែកញ្ញា; ក្តារព័ត៌មានត្រូវបានដាក់នៅវត្តជំនួស ដោយមិនអស់ថវិកា។",
        ),
        cancelled=True,
    ),
)


def tell(teller: Teller) -> Cast:
    """Tell all of it. Told again after an interruption, it ends in the same records."""
    cast = found(teller)
    teller.day = date(2007, 6, 4)
    seat_bodies(teller, cast, since=date(2007, 4, 25))
    samraong = Commune(teller, cast, "210708", date(2007, 12, 11), SAMRAONG, women=58, men=43, field_user="sophal")
    ponley = Commune(
        teller, cast, "210104", date(2007, 12, 18), PONLEY, women=41, men=37, field_user="ratha", settles=False
    )
    teller.weave([_office(teller, cast), samraong.tell(), ponley.tell(), _meetings(teller, cast), _codes(teller, cast)])
    return cast


def _office(teller: Teller, cast: Cast) -> Strand:
    """Money comes in, riel are bought, people are paid."""
    fund, accounts, finance = cast.funds["LBF"], cast.accounts, cast.finance
    book, run, train = cast.books["MAIN"], cast.purposes["RUN"], cast.purposes["TRAIN"]
    yield date(2007, 6, 18)
    grant = Money.of("4200.00", "EUR")
    teller.tell(
        "grant received",
        post_entry,
        book,
        [debit(accounts["101"], fund, grant), credit(accounts["401"], fund, grant)],
        text=Name(en="First instalment of the grant", km="ប្រាក់ជំនួយលើកទីមួយ"),
        by=finance,
    )
    yield date(2007, 7, 9)
    euro, riel = Money.of("200.00", "EUR"), Money.of("1060000", "KHR")
    teller.tell(
        "riel bought",
        post_entry,
        book,
        [
            credit(accounts["101"], fund, euro),
            debit(accounts["110"], fund, euro),
            Leg(accounts["102"], fund, riel),
            Leg(accounts["110"], fund, -riel),
        ],
        text=Name(en="Riel bought for the training", km="ប្ដូរប្រាក់រៀលសម្រាប់វគ្គបណ្តុះបណ្តាល"),
        by=finance,
    )
    yield date(2007, 7, 13)
    cost = Money.of("684500", "KHR")
    teller.tell(
        "training paid",
        post_entry,
        book,
        [debit(accounts["511"], fund, cost, train), credit(accounts["102"], fund, cost, train)],
        text=Name(en="Hall, meals and paper of the training", km="សាល អាហារ និងក្រដាសសម្រាប់វគ្គ"),
        by=finance,
    )
    for since, rate in RATES:
        yield since
        teller.tell(
            f"rate {since}", set_rate, "EUR", "KHR", since=since, rate=Decimal(rate), source="demo rate", by=finance
        )
    yield date(2008, 12, 22)
    pay = Money.of("1150.00", "EUR")
    teller.tell(
        "staff paid",
        post_entry,
        book,
        [debit(accounts["521"], fund, pay, run), credit(accounts["101"], fund, pay, run)],
        text=Name(en="Part of the field staff's pay of the year", km="ផ្នែកនៃប្រាក់បៀវត្សបុគ្គលិកក្នុងឆ្នាំ"),
        by=finance,
    )


def _meetings(teller: Teller, cast: Cast) -> Strand:
    """A training of councils and committees, and a meeting of the two councils."""
    people = [cast.parties[name] for name in ("Chan Sarin", "Keo Malis", "Tep Samnang", "Meas Sreymom", "Hem Borith")]
    for key, kind, code, day, title, proof in (
        (
            "training",
            "training",
            "210708",
            date(2007, 7, 12),
            Name(en="Training: outreach activities", km="វគ្គបណ្តុះបណ្តាល៖ សកម្មភាពចុះផ្សព្វផ្សាយ"),
            "signed_sheet",
        ),
        (
            "meeting",
            "inter_commune",
            "210104",
            date(2008, 3, 26),
            Name(en="Meeting of the councils of Samraong and Ponley", km="កិច្ចប្រជុំក្រុមប្រឹក្សាឃុំសំរោង និងពន្លៃ"),
            "minutes",
        ),
    ):
        yield day
        by = cast.manager
        event = teller.tell(
            f"{key} announced",
            announce_event,
            cast.programme,
            kind,
            place=cast.places[code],
            host=cast.parties[f"council-{code}"],
            day=day,
            title=title,
            by=by,
        )
        for person in people:
            capacity = "committee" if person == people[3] else "councillor"
            teller.tell(f"{key} {person.name_en}", record_attendance, event, person=person, capacity=capacity, by=by)
        for sex, count in (("f", 9), ("m", 14)):
            teller.tell(f"{key} {sex}", record_attendance, event, sex=sex, count=count, capacity="councillor", by=by)
        picture = paper(
            "attendance" if proof == "signed_sheet" else "minutes",
            title=title.en,
            lines=[("Date", day.strftime("%d/%m/%Y")), ("Women", "11"), ("Men", "17")],
            signed=[person.name.en for person in people],
            seed=f"{key} {day}",
            thumbprints=2,
            stamp="LAAR",
        )
        sheet = teller.tell(f"{key} sheet", keep_evidence, cast.programme, picture, caption=title, dated=day, by=by)
        teller.tell(f"{key} held", hold_event, event, papers={proof: sheet}, by=by)


def _codes(teller: Teller, cast: Cast) -> Strand:
    """Years later the list of codes renames two of the sectors; the sheet keeps the name of its time."""
    day = date(2019, 1, 24)
    yield day
    for code, name in (
        ("16010", Name(en="Social Protection", km="គាំពារសង្គម")),
        ("16020", Name(en="Employment creation", km="ការបង្កើតការងារ")),
    ):
        sector = sector_on("DAC", code, date(2008, 1, 1))
        source = "IATI Sector code list, change of January 2019"
        teller.tell(
            f"sector {code} renamed", rename_sector, sector, name=name, since=day, source=source, by=cast.manager
        )


def is_told() -> bool:
    """Whether the story was told to its end."""
    return was_done(command_of(LAST))
