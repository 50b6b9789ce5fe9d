"""Rules of the accounts: names, passwords, invitations, second factors, and who can't be closed."""

from __future__ import annotations

import re
from datetime import date, timedelta

from laar.base.rules import ADMIN, verb
from laar.kit.refusals import Refusal, refusal

#: How long a link holds: the slip travels to a commune with whoever drives there next, which is once a week. Longer, and
#: slips that nobody used lie about.
INVITED_FOR = timedelta(days=7)
#: Short enough for a sentence of three words, long enough that trying takes longer than anybody has.
SHORTEST_PASSWORD = 10

refusal(
    "user.name_form",
    en="“{username}” can't be a user name. Use small Latin letters, digits, dot, dash and underscore, as in sokha.chan.",
    km="«{username}» មិនអាចជាឈ្មោះអ្នកប្រើប្រាស់ទេ។ សូមប្រើអក្សរឡាតាំងតូច លេខ ចំណុច សហសញ្ញា ដូចជា sokha.chan។",
    status=422,
)
refusal(
    "user.name_taken",
    en="Somebody is called {username} here already. Choose another user name, or invite that user again.",
    km="មានអ្នកប្រើឈ្មោះ {username} រួចហើយ។ សូមជ្រើសរើសឈ្មោះផ្សេង ឬអញ្ជើញអ្នកនោះម្ដងទៀត។",
)
refusal(
    "user.fictional",
    en="{who} was invented for a demonstration and gets no password. Invite a person who works here.",
    km="{who} ជាបុគ្គលប្រឌិតសម្រាប់ការបង្ហាញ និងមិនមានពាក្យសម្ងាត់ទេ។ សូមអញ្ជើញបុគ្គលដែលធ្វើការនៅទីនេះ។",
)
refusal(
    "user.invented",
    en="{by} was invented for a demonstration and lets nobody real in. {who} is a real person: an administrator who is one "
    "does this, or “laar user add” on the machine itself.",
    km="{by} ជាបុគ្គលប្រឌិតសម្រាប់ការបង្ហាញ និងមិនអាចអនុញ្ញាតបុគ្គលពិតបានទេ។ {who} ជាបុគ្គលពិត៖ សូមឱ្យអ្នកគ្រប់គ្រងពិតធ្វើ "
    "ឬប្រើ «laar user add» លើម៉ាស៊ីនផ្ទាល់។",
    status=403,
)
refusal(
    "user.only_demonstration",
    en="{who} was invented for a demonstration, and this installation has a real programme now. Sign in as yourself; if you "
    "have no account, ask the administrator to invite you.",
    km="{who} ជាបុគ្គលប្រឌិតសម្រាប់ការបង្ហាញ ហើយប្រព័ន្ធនេះមានកម្មវិធីពិតហើយ។ សូមចូលដោយគណនីផ្ទាល់ខ្លួន; បើគ្មានគណនី សូមសុំអ្នកគ្រប់គ្រងអញ្ជើញអ្នក។",
    status=403,
)
refusal(
    "user.works_elsewhere",
    en="{who} also works where you are no administrator ({where}). Ask an administrator of all programmes.",
    km="{who} ធ្វើការផងដែរនៅកន្លែងដែលអ្នកមិនមែនជាអ្នកគ្រប់គ្រង ({where})។ សូមសួរអ្នកគ្រប់គ្រងប្រព័ន្ធនៃកម្មវិធីទាំងអស់។",
    status=403,
)
refusal(
    "user.yourself",
    en="Nobody closes their own account. Ask another administrator.",
    km="គ្មាននរណាបិទគណនីខ្លួនឯងទេ។ សូមសួរអ្នកគ្រប់គ្រងប្រព័ន្ធម្នាក់ទៀត។",
)
refusal(
    "user.last_administrator",
    en="{who} is the last administrator of {where}: nobody could let anybody in any more. Make somebody else one first.",
    km="{who} ជាអ្នកគ្រប់គ្រងប្រព័ន្ធចុងក្រោយនៃ {where}៖ គ្មាននរណាអាចអនុញ្ញាតអ្នកផ្សេងបានទៀតទេ។ សូមតែងតាំងម្នាក់ទៀតសិន។",
)
refusal(
    "user.closed_already",
    en="The account of {who} is closed already. Open it again if {who} comes back.",
    km="គណនីរបស់ {who} បិទរួចហើយ។ សូមបើកវាវិញ បើ {who} ត្រឡប់មកវិញ។",
)
refusal(
    "user.open_already",
    en="The account of {who} is open. Nothing needs to be done.",
    km="គណនីរបស់ {who} បើករួចហើយ។ មិនចាំបាច់ធ្វើអ្វីទេ។",
)
refusal(
    "user.secured_already",
    en="{who} has a second factor already. To move to another telephone, give the old one up first.",
    km="{who} មានកត្តាទីពីររួចហើយ។ បើប្ដូរទូរសព្ទ សូមលះបង់កត្តាចាស់ជាមុនសិន។",
)
refusal(
    "user.not_secured",
    en="{who} has no second factor. If the password is forgotten, invite {who} again instead.",
    km="{who} គ្មានកត្តាទីពីរទេ។ បើភ្លេចពាក្យសម្ងាត់ សូមអញ្ជើញ {who} ម្ដងទៀតជំនួសវិញ។",
)
refusal(
    "user.must_be_secured",
    en="As {role} you need a second factor and can't give it up. With a new telephone, ask an administrator to invite you anew.",
    km="ក្នុងនាមជា {role} អ្នកត្រូវមានកត្តាទីពីរ ហើយមិនអាចលះបង់បានទេ។ បើមានទូរសព្ទថ្មី សូមសុំអ្នកគ្រប់គ្រងអញ្ជើញអ្នកជាថ្មី។",
    status=403,
)
refusal(
    "factor.other_key",
    en="The second factors of this house were hidden with another key: it was restored from a backup, or its key was "
    "changed. On the machine itself, “laar invite NAME --lost-telephone” gives a new way in; then an administrator does it "
    "for the others.",
    km="កត្តាទីពីររបស់ប្រព័ន្ធនេះត្រូវបានលាក់ដោយកូនសោផ្សេង៖ វាត្រូវបានស្ដារពីការបម្រុងទុក ឬកូនសោត្រូវបានប្ដូរ។ នៅលើម៉ាស៊ីនផ្ទាល់ "
    "«laar invite ឈ្មោះ --lost-telephone» ផ្ដល់ផ្លូវចូលថ្មី; បន្ទាប់មកអ្នកគ្រប់គ្រងធ្វើឱ្យអ្នកផ្សេង។",
    status=403,
)
refusal(
    "invitation.not_open",
    en="This link does not hold: it was used, it is older than seven days, there is a newer one, or it is not copied in full. "
    "Ask the administrator who gave it to you for a new one.",
    km="តំណនេះប្រើមិនបាន៖ វាត្រូវបានប្រើរួច លើសប្រាំពីរថ្ងៃ មានតំណថ្មីជាង ឬចម្លងមិនគ្រប់។ សូមសុំតំណថ្មីពីអ្នកគ្រប់គ្រងដែលបានឱ្យវា។",
    status=410,
)
refusal(
    "password.short",
    en="The password has {length} characters; it takes at least {least}. Three or four words in a row are easy to remember.",
    km="ពាក្យសម្ងាត់មាន {length} តួអក្សរ; ត្រូវមានយ៉ាងតិច {least}។ ពាក្យបីឬបួនជាប់គ្នាងាយចងចាំ។",
    status=422,
)
refusal(
    "password.common",
    en="This password is one that many people use, so it is tried first. Choose another one.",
    km="ពាក្យសម្ងាត់នេះមនុស្សជាច្រើនប្រើ ដូច្នេះគេសាកវាមុនគេ។ សូមជ្រើសរើសមួយទៀត។",
    status=422,
)
refusal(
    "password.like_name",
    en="This password is too much like your name. Choose another one.",
    km="ពាក្យសម្ងាត់នេះស្រដៀងឈ្មោះរបស់អ្នកពេក។ សូមជ្រើសរើសមួយទៀត។",
    status=422,
)
refusal(
    "password.not_the_same",
    en="The two passwords are not the same. Type it once more in both fields.",
    km="ពាក្យសម្ងាត់ទាំងពីរមិនដូចគ្នាទេ។ សូមវាយម្ដងទៀតក្នុងប្រអប់ទាំងពីរ។",
    status=422,
)
refusal(
    "password.none",
    en="{who} has no password. In a demonstration one steps in; else an administrator invites.",
    km="{who} គ្មានពាក្យសម្ងាត់ទេ។ ក្នុងការបង្ហាញ អ្នកចូលដោយផ្ទាល់; បើមិនដូច្នេះ អ្នកគ្រប់គ្រងអញ្ជើញ។",
)

refusal(
    "start.not_empty",
    en="Somebody works here already, so nobody becomes administrator by themselves. Ask the administrator to invite you.",
    km="មានអ្នកធ្វើការនៅទីនេះរួចហើយ ដូច្នេះគ្មាននរណាក្លាយជាអ្នកគ្រប់គ្រងដោយខ្លួនឯងទេ។ សូមសុំអ្នកគ្រប់គ្រងអញ្ជើញអ្នក។",
    status=404,
)
refusal(
    "start.no_key",
    en="Open the address that the terminal shows: it carries the key of this new installation. "
    "“laar start” prints it once more.",
    km="សូមបើកអាសយដ្ឋានដែលស្ថានីយបង្ហាញ៖ វាមានកូនសោរបស់ប្រព័ន្ធថ្មីនេះ។ «laar start» បង្ហាញវាម្ដងទៀត។",
    status=403,
)

verb(
    "installation.open",
    en="Let the first administrator in",
    km="អនុញ្ញាតឱ្យអ្នកគ្រប់គ្រងទីមួយចូល",
    roles=ADMIN,
    by_system=True,
)
verb("user.invite", en="Invite a user", km="អញ្ជើញអ្នកប្រើប្រាស់", roles=ADMIN, by_system=True)
verb("user.close", en="Close an account", km="បិទគណនី", roles=ADMIN)
verb("user.reopen", en="Open an account again", km="បើកគណនីវិញ", roles=ADMIN)
verb("user.secure", en="Set up a second factor", km="រៀបចំកត្តាទីពីរ", own=True)
verb("user.unsecure", en="Give up the second factor", km="លះបង់កត្តាទីពីរ", own=True)
verb(
    "factor.reset",
    en="Remove a lost second factor and invite anew",
    km="ដកកត្តាទីពីរដែលបាត់ និងអញ្ជើញជាថ្មី",
    roles=ADMIN,
    by_system=True,
)
verb("invitation.accept", en="Accept an invitation", km="ទទួលការអញ្ជើញ", own=True)
verb("password.change", en="Change the password", km="ប្ដូរពាក្យសម្ងាត់", own=True)


def well_formed(username: str) -> None:
    """Refuse a user name that two people would type in two ways. Raises Refusal `user.name_form`."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", username):
        raise Refusal("user.name_form", username=username)


def invitation_holds(until: date, accepted_on: date | None, today: date) -> bool:
    """A link holds until the day it says, and once."""
    return accepted_on is None and today < until
