"""Make the pictures of the README and the guide from the running product, with the sample plan.

    python -m tools.screenshots              # writes docs/images/*.png
    python -m tools.screenshots desk map     # only these

Starts `luoshi open` on the sample and `luoshi demo`, each with an empty database, looks at their pages in
Chromium as the people who use them, and stops them again.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

from tools.system import find_browser

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src/luoshi/samples/yunxi.docx"
IMAGES = ROOT / "docs/images"
SIZE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
STOP_SECONDS = 10

# The address that a command prints when it is ready. Sample: "http://127.0.0.1:8000/plans/1/review/"
ADDRESS = re.compile(r"(?P<site>http://[\d.]+:\d+)(?P<path>/plans/\d+/)")


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


@contextmanager
def running(*command: str) -> Iterator[tuple[str, str]]:
    """The product, started by a command of its own: the site's address and the path of the plan."""
    with tempfile.TemporaryDirectory(prefix="luoshi-pictures-") as data:
        program = Path(sys.executable).with_name("luoshi")
        line = [str(program), *command, "--no-browser", "--data", data]
        server = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            yield _address(server)
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)


def _address(server: subprocess.Popen[str]) -> tuple[str, str]:
    for line in server.stdout or ():
        if found := ADDRESS.search(line):
            return found["site"], found["path"]
    raise SystemExit("luoshi printed no address")


def take_all(browser: Browser, site: str, plan: str, pictures: Iterable[Picture]) -> None:
    """Take pictures, those of one person one after the other."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    pages: dict[tuple[str, bool], Page] = {}
    for one in pictures:
        key = (one.person, one.phone)
        if key not in pages:
            pages[key] = _page_of(browser, site, one)
        take(pages[key], urljoin(site + plan, one.path), one)
    for page in pages.values():
        page.close()


def _page_of(browser: Browser, site: str, one: Picture) -> Page:
    size = PHONE if one.phone else SIZE
    page = browser.new_page(viewport=size, locale="zh-CN", reduced_motion="reduce")
    if one.person:
        page.goto(f"{site}/login/")
        page.click(f"[name=person][value={one.person}]")
        page.wait_for_load_state("networkidle")
    return page


def take(page: Page, address: str, one: Picture) -> None:
    """Take one picture."""
    # From nowhere, so that an address with another `#` is a page of its own.
    page.goto("about:blank")
    page.goto(address)
    for link in one.follow:
        page.goto(urljoin(page.url, page.locator(link).first.get_attribute("href")))
    page.wait_for_load_state("networkidle")
    for key in one.keys:
        page.keyboard.press(key)
    if one.show:
        page.locator(one.show).first.evaluate("element => element.scrollIntoView()")
    file = IMAGES / f"{one.name}.png"
    page.screenshot(path=file, animations="disabled")
    print(file.relative_to(ROOT), file.stat().st_size // 1024, "KB")


def main() -> int:
    """Command line; returns the exit code."""
    chromium = find_browser()
    if chromium is None:
        print("Chromium is missing; run: sudo apt-get install chromium", file=sys.stderr)
        return 1
    wanted = set(sys.argv[1:])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for command, pictures in ((("open", str(SAMPLE)), OF_REVIEW), (("demo",), OF_WORK)):
            chosen = [one for one in pictures if not wanted or one.name in wanted]
            if chosen:
                with running(*command) as (site, plan):
                    take_all(browser, site, plan, chosen)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
