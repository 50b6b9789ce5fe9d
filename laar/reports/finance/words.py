"""The words that a financial report prints around its numbers."""

from __future__ import annotations

from laar.kit.names import Name

CORRECTS = Name(en="correction of {report}", km="ការកែតម្រូវនៃ{report}")
AS_FORECAST = Name(
    en="The next period is as the newest forecast of the budget expects it.",
    km="រយៈពេលបន្ទាប់ដូចដែលការព្យាករណ៍ថ្មីបំផុតនៃថវិកាបានរំពឹង។",
)
ANNEX = Name(en="Financial report", km="របាយការណ៍ហិរញ្ញវត្ថុ")
QUARTERLY = Name(en="Interim financial report", km="របាយការណ៍ហិរញ្ញវត្ថុបណ្ដោះអាសន្ន")
COVER = Name(en="Cover", km="ក្រប")
BUDGET = Name(en="Budget and report", km="ថវិកា និងរបាយការណ៍")
CURRENCIES = Name(en="By currency", km="តាមរូបិយប័ណ្ណ")
FUNDING = Name(en="Sources of funding", km="ប្រភពថវិកា")
EXPENDITURE = Name(en="Expenditure", km="បញ្ជីចំណាយ")
FORECAST = Name(en="Forecast", km="ការព្យាករណ៍")
USES = Name(en="Uses by component", km="ការប្រើប្រាស់តាមសមាសភាគ")
CASH = Name(en="Cash position", km="ស្ថានភាពសាច់ប្រាក់")
PAGE_OF = Name(en="page {page} of {pages}", km="ទំព័រ {page} នៃ {pages}")

CODE = Name(en="Code", km="លេខកូដ")
ROW = Name(en="Heading and line", km="ចំណាត់ថ្នាក់ និងបន្ទាត់")
UNIT = Name(en="Unit", km="ឯកតា")
UNITS = Name(en="Number of units", km="ចំនួនឯកតា")
UNIT_VALUE = Name(en="Unit value", km="តម្លៃឯកតា")
PERCENT = Name(en="%", km="%")
WORDS = Name(en="Explanation", km="ការពន្យល់")
COLUMNS = {
    "original": Name(en="Budget as per contract", km="ថវិកាតាមកិច្ចសន្យា"),
    "changes": Name(en="Addenda and reallocations", km="សេចក្ដីបន្ថែម និងការផ្ទេរ"),
    "now": Name(en="Budget now", km="ថវិកាបច្ចុប្បន្ន"),
    "before": Name(en="Cumulated before", km="បូកយោងមុន"),
    "period": Name(en="This period", km="រយៈពេលនេះ"),
    "to_date": Name(en="Total to date", km="សរុបមកដល់បច្ចុប្បន្ន"),
    "due": Name(en="Budget to the end of the period", km="ថវិកាដល់ចុងរយៈពេល"),
    "variation": Name(en="Variation", km="គម្លាត"),
}
PAID = Name(en="Paid in {currency}", km="បានបង់ជា {currency}")
CONVERTED = Name(en="{currency} converted to {into}", km="{currency} ប្ដូរទៅ {into}")

FUND = Name(en="Grant", km="ជំនួយ")
GIVER = Name(en="Donor", km="ម្ចាស់ជំនួយ")
ORGANISATION = Name(en="Organisation", km="អង្គការ")
PROGRAMME = Name(en="Action", km="សកម្មភាព")
BUDGET_DAYS = Name(en="Days of the budget", km="រយៈពេលថវិកា")
DAYS = Name(en="Days of the report", km="រយៈពេលរបាយការណ៍")
FROM_TO = Name(en="{since} to {until}", km="{since} ដល់ {until}")
NUMBER = Name(en="Report", km="របាយការណ៍")
STATE = Name(en="State", km="ស្ថានភាព")
CURRENCY = Name(en="Currency of the report", km="រូបិយប័ណ្ណរបាយការណ៍")
POLICY = Name(en="Conversion", km="ការប្ដូររូបិយប័ណ្ណ")
POLICY_OF = Name(en="{policy} ({source})", km="{policy} ({source})")
ANY_SOURCE = Name(en="rates of the books", km="អត្រានៃបញ្ជី")
RATE = Name(en="Rate of {currency}", km="អត្រា {currency}")
RATE_IS = Name(en="1 {into} = {rate} {currency}", km="1 {into} = {rate} {currency}")
PREPARED = Name(en="Prepared by", km="រៀបចំដោយ")
SUBMITTED = Name(en="Submitted by", km="ដាក់ជូនដោយ")
SUBMITTED_ON = Name(en="{who}, {day}", km="{who} {day}")
DIGEST = Name(en="Digest of the numbers that were sent", km="កូដសង្ខេបនៃលេខដែលបានដាក់ជូន")
DRAFT = Name(
    en="Draft: the numbers are those of the books on the day of printing.",
    km="សេចក្ដីព្រាង៖ លេខជារបស់បញ្ជីនៅថ្ងៃបោះពុម្ព។",
)
SIGNATURES = (
    Name(en="Prepared: name, signature, date", km="រៀបចំ៖ ឈ្មោះ ហត្ថលេខា កាលបរិច្ឆេទ"),
    Name(en="Submitted: name, signature, date", km="ដាក់ជូន៖ ឈ្មោះ ហត្ថលេខា កាលបរិច្ឆេទ"),
)
ADDS_UP = Name(
    en="The total of the period is rounded once and shared out by largest remainder: every printed part adds up to it.",
    km="ចំនួនសរុបនៃរយៈពេលបង្គត់តែម្ដង ហើយចែកតាមសំណល់ធំបំផុត៖ ផ្នែកនីមួយៗបូកត្រូវនឹងចំនួនសរុប។",
)

SOURCE = Name(en="Source", km="ប្រភព")
BESIDE = Name(en="{source}: beside the donor's budget", km="{source}៖ ក្រៅពីថវិកាម្ចាស់ជំនួយ")
SOURCES_TOTAL = Name(en="Funding of the donor's budget", km="ប្រភពសម្រាប់ថវិកាម្ចាស់ជំនួយ")
RECEIVED = Name(en="Received from the donor", km="បានទទួលពីម្ចាស់ជំនួយ")
SPENT = Name(en="Cost to date", km="ចំណាយមកដល់បច្ចុប្បន្ន")
DONORS_PART = Name(en="Of this the donor pays", km="ក្នុងនោះម្ចាស់ជំនួយបង់")
BALANCE = Name(en="Left of what was received", km="នៅសល់ពីប្រាក់ដែលបានទទួល")
INSTALMENTS = Name(en="Instalments of the donor", km="ការបង់របស់ម្ចាស់ជំនួយ")
DAY = Name(en="Date", km="កាលបរិច្ឆេទ")
DOCUMENT = Name(en="Document", km="ឯកសារ")
TEXT = Name(en="Text", km="អត្ថបទ")
PAYEE = Name(en="Paid to", km="បង់ឱ្យ")
AMOUNT = Name(en="Amount", km="ចំនួន")
LINE = Name(en="Line", km="បន្ទាត់")
MONEY_OF = Name(en="Currency", km="រូបិយប័ណ្ណ")
RATE_OF = Name(en="Rate", km="អត្រា")
TOTAL = Name(en="Total", km="សរុប")
LEFT = Name(en="Left of the budget", km="នៅសល់ពីថវិកា")
MONTHS_LEFT = Name(en="Months left", km="ចំនួនខែនៅសល់")
SPENT_A_MONTH = Name(en="Spent a month so far", km="ចំណាយក្នុងមួយខែរហូតមក")
LEFT_A_MONTH = Name(en="Left for each month", km="នៅសល់សម្រាប់ខែនីមួយៗ")
NEXT = Name(en="Next period", km="រយៈពេលបន្ទាប់")
EVENLY = Name(
    en="What is left of a line, spread evenly over the months that are left to it.",
    km="អ្វីដែលនៅសល់ពីបន្ទាត់ ចែកស្មើគ្នាតាមខែដែលនៅសល់។",
)

QUARTER = Name(en="This quarter", km="ត្រីមាសនេះ")
YEAR = Name(en="Year to date", km="ដើមឆ្នាំមកដល់បច្ចុប្បន្ន")
CUMULATED = Name(en="Cumulated", km="បូកយោង")
OPENING = Name(en="Balance at the beginning", km="សមតុល្យដើមគ្រា")
CLOSING = Name(en="Balance at the end", km="សមតុល្យចុងគ្រា")
NO_PURPOSE = Name(en="For no purpose in particular", km="គ្មានគោលបំណងជាក់លាក់")
USED = Name(en="Uses together", km="ការប្រើប្រាស់សរុប")
ACCOUNT = Name(en="Account", km="គណនី")
AT_END = Name(en="At the end of the quarter", km="នៅចុងត្រីមាស")
IN_BOOK = Name(en="In {currency}, as in the books", km="ជា {currency} ដូចក្នុងបញ្ជី")
NEXT_QUARTER = Name(en="Next quarter", km="ត្រីមាសបន្ទាប់")
QUARTER_AFTER = Name(en="Quarter after it", km="ត្រីមាសបន្ទាប់ទៀត")
QUARTER_OF = Name(en="Quarter {number} of {year}", km="ត្រីមាសទី{number} ឆ្នាំ {year}")
