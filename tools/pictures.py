"""The pictures of the README and the guide: whose page, where it is, how to get there.

`tools/screenshots.py` takes them, each list from a product of its own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A picture: whose page, where it begins, what is clicked on to get there, and the keys pressed then.

    Attributes:
        person: account of the demo; the person at this machine when empty.
        path: from the plan's address, or from the root when it begins with a stroke.
        follow: links that are followed, as selectors.
        show: what is scrolled to the top.
    """

    name: str
    path: str = ""
    person: str = ""
    follow: tuple[str, ...] = ()
    keys: str = ""
    show: str = ""
    phone: bool = False


# Of the sample as it is read, before anybody has settled anything.
OF_REVIEW = (
    Picture("overview"),
    Picture("review", "review/#task-2"),
    # The second doubt: its words on the left, the ways to settle it on the right.
    Picture("findings", "review/#findings", keys="nn"),
    Picture("names", "review/names/"),
    Picture("task", follow=(".map .tile[title^='5 ']",)),
    Picture("timeline", "timeline/"),
)

OFFICE, TOWN = "demo-office", "demo-liaison-town"
JUSTICE, CIVIL, COURT = "demo-liaison-justice", "demo-liaison-civil-affairs", "demo-head-court"
SYSTEM, SECURITY, AUDIT = "demo-system", "demo-security", "demo-audit"
REPORT = "main a[href*='/occurrences/'][href$='/report/']"
IN_ROW = "a[href$='/report/']"
ACCOUNT = "main a[href^='/admin/accounts/']"
# Of the district at work.
OF_WORK = (
    Picture("demo", "/login/"),
    Picture("desk-office", "/work/", OFFICE),
    Picture("map", "work/", OFFICE),
    Picture("matrix", "matrix/", OFFICE),
    Picture("issued", "issued/", OFFICE),
    Picture("slip", "issued/?q=区司法局", OFFICE, ("main a[href*='/slips/']",)),
    Picture("task-work", "work/", OFFICE, ("main a[href*='/tasks/10/']",)),
    Picture("accepting", "/work/accepting/", OFFICE),
    Picture("accept", "/work/accepting/", OFFICE, (REPORT,)),
    Picture("extension", "/work/waiting/grant/", OFFICE, ("main a[href^='/work/extensions/']",)),
    Picture("adjustment", "/work/waiting/adjust/", OFFICE, ("main a[href^='/work/adjustments/']",)),
    Picture("working-days", "/calendar/days/", OFFICE),
    Picture("registry", "/bodies/", OFFICE),
    Picture("groups", "/bodies/groups/", OFFICE),
    Picture("desk", "/work/", JUSTICE),
    Picture("joint", "/work/waiting/report/", JUSTICE, (f"tr:has-text('建好用好法治文化阵地') {IN_ROW}",)),
    Picture("evidence", "/work/evidence/", JUSTICE),
    Picture("sheet", "/work/sheet/", JUSTICE),
    Picture("returned", "/work/waiting/returned/", CIVIL, (REPORT,)),
    Picture("phone", "/work/", CIVIL, phone=True),
    Picture("report", "/work/waiting/report/", TOWN, (f"tr:has-text('村规民约') {IN_ROW}",)),
    Picture("approving", "/work/approving/", COURT),
    Picture("accounts", "/admin/accounts/", SYSTEM),
    Picture("account", "/admin/accounts/?q=demo-liaison-justice", SECURITY, (f"{ACCOUNT}:has-text('蒋')",)),
    Picture("log", "/admin/log/", AUDIT),
)
# Of orders, bulletins, links and comparisons in the same district.
OF_SUPERVISION: tuple[Picture, ...] = ()
# Of its registers, draws and figures, and of filing from outside.
OF_REGISTERS: tuple[Picture, ...] = ()
