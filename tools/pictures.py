"""The pictures of the README and the guide: whose page, where it is, how to get there.

`tools/screenshots.py` takes them, each list from a product of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tools import picture_steps as steps


@dataclass(frozen=True)
class Picture:
    """A picture: whose page, where it begins, what is clicked on to get there, and the keys pressed then.

    Attributes:
        person: account of the demo; `OUTSIDE` for the public; the person at this machine when empty.
        path: from the plan's address, or from the root when it begins with a stroke.
        follow: links that are followed, as selectors.
        act: what is typed and pressed after that.
        show: what is scrolled to the top.
    """

    name: str
    path: str = ""
    person: str = ""
    follow: tuple[str, ...] = ()
    act: Callable[[Page], None] | None = None
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

# Whoever has no account, from another machine.
OUTSIDE = "outside"
OFFICE, TOWN, CITY = "demo-office", "demo-liaison-town", "demo-city"
JUSTICE, CIVIL, COURT = "demo-liaison-justice", "demo-liaison-civil-affairs", "demo-head-court"
SYSTEM, SECURITY, AUDIT = "demo-system", "demo-security", "demo-audit"
REPORT = "main a[href*='/occurrences/'][href$='/report/']"
IN_ROW = "a[href$='/report/']"
ACCOUNT = "main a[href^='/admin/accounts/']"
ROW, DRAW = "main a.row-link", "main a[href*='/draw/']"
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
    Picture(
        "joint",
        "/work/waiting/report/",
        JUSTICE,
        (f"tr:has-text('建好用好法治文化阵地') {IN_ROW}",),
        show=".report-columns",
    ),
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
OF_SUPERVISION = (
    Picture("orders", "/supervision/", OFFICE),
    Picture("order", "/supervision/", OFFICE, (f"{ROW}:has-text('法治文化阵地')",)),
    Picture(
        "order-paper",
        "/supervision/",
        OFFICE,
        (f"{ROW}:has-text('村居法律顾问')", "main a[href*='/paper/']"),
        show=".slip",
    ),
    Picture(
        "order-letter",
        "/supervision/",
        OFFICE,
        (f"{ROW}:has-text('诉前化解')", "main a[href*='/paper/']"),
        show=".slip",
    ),
    Picture("reminder", "/reminders/", JUSTICE, ("main .notice-list a",)),
    Picture("bulletin", "/bulletins/", OFFICE, (ROW,)),
    Picture("bulletin-edit", "/bulletins/", OFFICE, (ROW, "main a[href$='/edit/']")),
    Picture("linked", "/alignment/links/?q=规范性文件", OFFICE),
    Picture("compared-matrix", "alignment/", OFFICE, (ROW, "main a[href$='view=matrix']"), show=".filters"),
    Picture("above", "/above/", CITY, (ROW, f"{ROW}:has-text('实施纲要')")),
)
# Of its registers, draws and figures, and of filing from outside.
OF_REGISTERS = (
    Picture("registers", "/registers/", OFFICE),
    Picture("register-list", "/registers/legal-aid/", JUSTICE, show=".saved-views"),
    Picture("register-board", "/registers/legal-aid/board/", JUSTICE),
    Picture("register-step", "/registers/legal-aid/new/apply/", JUSTICE),
    Picture("register-entry", "/registers/mediation/", TOWN, (f"{ROW}:has-text('土地、草场')",)),
    Picture(
        "personal",
        "/registers/mediation/",
        TOWN,
        (f"{ROW}:has-text('土地、草场')", "main a[href$='/personal/']"),
        steps.see_person,
    ),
    Picture("indicators", "/indicators/", OFFICE),
    Picture("indicator", "/indicators/decision-catalogue/reviewed/", OFFICE, show=".page-head"),
    Picture("lacking", "/indicators/culture-venues/boards-covered/", OFFICE),
    Picture("binding", "bindings/?state=suggested", OFFICE, show=".binding-counts"),
    Picture("report-numbers", "/work/waiting/report/", JUSTICE, (f"tr:has-text('做实人民调解') {IN_ROW}",)),
    Picture("decision", "/registers/decision-catalogue/", OFFICE, (f"{ROW}:has-text('老旧小区')",)),
    Picture(
        "draw",
        "/registers/random-inspection/",
        OFFICE,
        (f"{ROW}:has-text('校园周边')", DRAW),
        show=".draw-stages",
    ),
    Picture("draw-notice", "/draws/", OUTSIDE, (f"{ROW}:has-text('节日食品')",)),
    Picture("filing", "/file/legal-service-requests/", OUTSIDE, phone=True),
    # These leave something behind, so they come last.
    Picture("receipt", "/file/legal-service-requests/", OUTSIDE, act=steps.file_request, phone=True),
    Picture("bulk-check", "/registers/culture-venues/import/", TOWN, act=steps.send_sheet),
)
