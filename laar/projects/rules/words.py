"""What things of a project are called: kinds, themes, papers, and the routes by which its money goes."""

from __future__ import annotations

from dataclasses import dataclass

from laar.kit.names import Name

PROJECT_KINDS = {
    "oa": Name(en="Outreach grant", km="ជំនួយសកម្មភាពចុះផ្សព្វផ្សាយ"),
    "sdp": Name(en="Social development project", km="គម្រោងអភិវឌ្ឍន៍សង្គម"),
}

THEMES = {
    "": Name(en="–", km="–"),
    "health_environment": Name(en="Health and environment", km="សុខភាព និងបរិស្ថាន"),
    "education": Name(en="Education", km="អប់រំ"),
    "agriculture_livelihood": Name(en="Agriculture and livelihoods", km="កសិកម្ម និងជីវភាព"),
}


@dataclass(frozen=True, slots=True)
class Route:
    """How the money reaches those who are owed it, and what has to be there on the way."""

    name: Name
    #: The paper with which a tranche is requested, and the one with which its arrival is acknowledged.
    request: str = ""
    receipt: str = "receipt"
    #: Whether it is said whom the organisation pays: the supplier.
    names_payee: bool = False
    #: Whether the council must have taken the money into its budget first (Sub-decree 26 of 2002: revenue is budgeted).
    is_budgeted: bool = False


ROUTES = {
    "advance": Route(Name(en="An advance to the commune's account", km="បុរេប្រទានទៅគណនីឃុំ")),
    "supplier": Route(
        Name(en="The NGO pays the supplier on the council's request", km="អង្គការបង់ឱ្យអ្នកផ្គត់ផ្គង់តាមសំណើក្រុមប្រឹក្សា"),
        request="request",
        receipt="delivery",
        names_payee=True,
    ),
    "treasury": Route(
        Name(en="A deposit at the treasury, as budgeted revenue", km="ដាក់នៅរតនាគារជាចំណូលថវិកា"),
        receipt="deposit",
        is_budgeted=True,
    ),
}

#: What a committee says after it has looked at a project (none of them stops a payment; all are printed).
OPINIONS = {
    "agrees": Name(en="Agrees that it is done", km="យល់ស្របថាបានធ្វើ"),
    "disagrees": Name(en="Disagrees", km="មិនយល់ស្រប"),
    "silent": Name(en="Was asked and said nothing", km="ត្រូវបានសួរ តែមិនបានឆ្លើយ"),
}

#: Before which step of the path somebody's word on a proposal must be there.
WORD_BEFORE = {
    "approve": Name(en="Before the approval", km="មុនការអនុម័ត"),
    "sign": Name(en="Before the signature", km="មុនចុះហត្ថលេខា"),
}

PAPERS = {
    "checklist": Name(en="quality checklist", km="បញ្ជីពិនិត្យគុណភាព"),
    "opinion": Name(en="signed opinion", km="មតិយោបល់មានហត្ថលេខា"),
    "agreement": Name(en="signed agreement", km="កិច្ចព្រមព្រៀងមានហត្ថលេខា"),
    "request": Name(en="request of the council", km="សំណើរបស់ក្រុមប្រឹក្សា"),
    "receipt": Name(en="receipt of the council", km="បង្កាន់ដៃរបស់ក្រុមប្រឹក្សា"),
    "delivery": Name(en="delivery note", km="លិខិតប្រគល់ទទួល"),
    "deposit": Name(en="deposit slip of the treasury", km="បង្កាន់ដៃដាក់ប្រាក់នៅរតនាគារ"),
    "voucher": Name(en="voucher", km="ប័ណ្ណចំណាយ"),
    "refund": Name(en="receipt for the refund", km="បង្កាន់ដៃប្រាក់បង្វិល"),
    "decision": Name(en="council decision", km="សេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សា"),
    "contract": Name(en="contract", km="កិច្ចសន្យា"),
    "payment_order": Name(en="payment order", km="អាណត្តិបើកប្រាក់"),
    "slip": Name(en="slip of the treasury", km="ប័ណ្ណរបស់រតនាគារ"),
    "report": Name(en="completion report", km="របាយការណ៍បញ្ចប់"),
    "visit": Name(en="note of the visit", km="កំណត់ហេតុនៃការចុះពិនិត្យ"),
}

#: The copies without which a payment of the treasury is not believed; the council's decision is a record of its own.
TREASURY_PAPERS = ("contract", "payment_order", "slip")
