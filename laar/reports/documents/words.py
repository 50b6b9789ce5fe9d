"""The words that a document prints around what the records say."""

from __future__ import annotations

from laar.kit.names import Name

KINDS = {
    "eu": Name(en="Reference sheet", km="សន្លឹកព័ត៌មានគម្រោង"),
    "consultant": Name(en="Experience of the firm", km="បទពិសោធន៍របស់អង្គភាព"),
}
#: What a file is called, after the code of its programme.
FILES = {"eu": "reference-sheet", "consultant": "consultant-sheet"}

SAID_ON = Name(en="computed from the records on {day}", km="គណនាពីកំណត់ត្រា ថ្ងៃទី{day}")
PAGE_OF = Name(en="page {page} of {pages}", km="ទំព័រ {page} នៃ {pages}")
BLANK = Name(en="blank in the source", km="ទទេក្នុងឯកសារដើម")
NOBODY_WROTE = "–"

# ── the EU's form: in the words and the order of its source ─────────────────────────────────────────────────────────
TITLE = Name(en="Project title", km="ចំណងជើងគម្រោង")
SECTORS = Name(en="Sectors (DAC), as stated", km="វិស័យ (DAC) ដូចដែលបានសរសេរ")
TODAY = Name(en="today: {name}", km="បច្ចុប្បន្ន៖ {name}")
LOCATION = Name(en="Location of the action", km="ទីកន្លែងអនុវត្តសកម្មភាព")
PLACES = Name(en="{districts} districts, {communes} communes", km="ស្រុក {districts} ឃុំ {communes}")
COST = Name(en="Cost of the action ({currency})", km="ចំណាយនៃសកម្មភាព ({currency})")
OF_WHOLE = Name(
    en="own share; the whole action, as stated by the lead: {whole} ({share})",
    km="ចំណែកផ្ទាល់; សកម្មភាពទាំងមូលតាមការបញ្ជាក់របស់អង្គការដឹកនាំ៖ {whole} ({share})",
)
ROLE = Name(en="Role in the action", km="តួនាទីក្នុងសកម្មភាព")
DONORS = Name(en="Donors to the action (name)", km="ម្ចាស់ជំនួយ (ឈ្មោះ)")
AMOUNTS = Name(en="Amount contributed (by donor)", km="ចំនួនទឹកប្រាក់ (តាមម្ចាស់ជំនួយ)")
DATES = Name(en="Dates (from\u00a0… to\u00a0…)", km="កាលបរិច្ឆេទ (ពី\u00a0… ដល់\u00a0…)")
RESULTS = Name(en="Objectives and results of the action", km="គោលបំណង និងលទ្ធផលនៃសកម្មភាព")
OBJECTIVE = Name(en="Objective", km="គោលបំណង")

# ── the consultants' form (World Bank, ADB) ─────────────────────────────────────────────────────────────────────────
ASSIGNMENT = Name(en="Assignment name", km="ឈ្មោះកិច្ចការ")
COUNTRY = Name(en="Country", km="ប្រទេស")
WITHIN = Name(en="Location within country", km="ទីកន្លែងក្នុងប្រទេស")
STAFF = Name(en="Professional staff provided by the firm", km="បុគ្គលិកជំនាញដែលអង្គភាពបានផ្ដល់")
STAFF_CLOSED = Name(en="named to the office only", km="ឈ្មោះបង្ហាញតែចំពោះការិយាល័យ")
CLIENT = Name(en="Client / donor", km="អតិថិជន / ម្ចាស់ជំនួយ")
ADDRESS = Name(en="Address", km="អាសយដ្ឋាន")
PERSONS = Name(en="No. of staff", km="ចំនួនបុគ្គលិក")
MONTHS = Name(en="No. of staff-months", km="ចំនួនខែការងារ")
DURATION = Name(en="Duration (months)", km="រយៈពេល (ខែ)")
START = Name(en="Start (month/year)", km="ចាប់ផ្ដើម (ខែ/ឆ្នាំ)")
COMPLETION = Name(en="Completion (month/year)", km="បញ្ចប់ (ខែ/ឆ្នាំ)")
VALUE = Name(en="Approximate value of services ({currency})", km="តម្លៃសេវាប្រហាក់ប្រហែល ({currency})")
ASSOCIATED = Name(en="Associated consultants", km="ទីប្រឹក្សារួម")
ACTED_AS = Name(en="the lead of the action; role of the firm: {role}", km="អង្គការដឹកនាំសកម្មភាព; តួនាទីរបស់អង្គភាព៖ {role}")
SERVICES = Name(en="Narrative description, and actual services", km="ការពិពណ៌នា និងសេវាដែលបានផ្ដល់ជាក់ស្ដែង")
NARRATIVE = Name(en="Narrative description of the project", km="ការពិពណ៌នាអំពីគម្រោង")
SECTION = Name(en="{section}", km="{section}")
ACTUAL = Name(en="Actual services: {section}", km="សេវាជាក់ស្ដែង៖ {section}")

#: Words in which no line is broken, although a dictionary of breaks would.
KEPT_WHOLE = (
    "វិសហមជ្ឈការ",
    "វិមជ្ឈការ",
    "គណនេយ្យភាព",
    "តម្លាភាព",
    "គណៈកម្មាធិការ",
    "អង្គការ",
    "ទូទាត់",
    "ប្រសិទ្ធភាព",
    "សហហិរញ្ញប្បទាន",
    "ក្រុមប្រឹក្សា",
    "អភិបាលកិច្ច",
)

# ── the notes ───────────────────────────────────────────────────────────────────────────────────────────────────────
NOTES = Name(en="Where each number comes from", km="ប្រភពនៃតួលេខនីមួយៗ")
NOTES_LEDE = Name(
    en="The small number beside a figure is its line here. The key opens the figure down to its records and papers: "
    "in the trace pack, on the pages of LAAR, or with “laar trace KEY”.",
    km="លេខតូចនៅជាប់តួលេខ គឺបន្ទាត់របស់វានៅទីនេះ។ ឈ្មោះតួលេខបើកមើលបានដល់កំណត់ត្រា និងឯកសារ៖ "
    "ក្នុងកញ្ចប់តាមដាន លើទំព័រ LAAR ឬដោយ «laar trace ឈ្មោះ»។",
)
COLUMNS = (
    Name(en="No.", km="លេខ"),
    Name(en="Figure", km="តួលេខ"),
    Name(en="Rule", km="វិធីគណនា"),
    Name(en="Value", km="តម្លៃ"),
)
