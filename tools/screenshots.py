"""Make the pictures of the README and the guide from the running product, with the sample plan.

    python -m tools.screenshots              # writes docs/images/*.png
    python -m tools.screenshots desk map     # only these

Starts `luoshi open` on the sample and `luoshi demo`, each with an empty database, looks at their pages in
Chromium as the people who use them, and stops them again.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

from tools.pictures import OF_REGISTERS, OF_REVIEW, OF_SUPERVISION, OF_WORK, OUTSIDE, Picture
from tools.system import find_browser

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src/luoshi/samples/yunxi.docx"
IMAGES = ROOT / "docs/images"
SIZE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
STOP_SECONDS = 10
# Fields of dates are written by the browser: in Chinese where the package chromium-l10n is there.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--lang=zh-CN"]
IN_CHINESE = {**os.environ, "LANGUAGE": "zh_CN"}

# The address that a command prints when it is ready. Sample: "http://127.0.0.1:8000/plans/1/review/"
ADDRESS = re.compile(r"(?P<site>http://[\d.]+:\d+)(?P<path>/plans/\d+/)")


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
    if one.person == OUTSIDE:
        # What comes through a proxy does not come from the person at this machine.
        page.set_extra_http_headers({"X-Forwarded-For": "203.0.113.7"})
    elif one.person:
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
    if one.act is not None:
        one.act(page)
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
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, env=IN_CHINESE)
        for command, pictures in (
            (("open", str(SAMPLE)), OF_REVIEW),
            (("demo",), (*OF_WORK, *OF_SUPERVISION, *OF_REGISTERS)),
        ):
            chosen = [one for one in pictures if not wanted or one.name in wanted]
            if chosen:
                with running(*command) as (site, plan):
                    take_all(browser, site, plan, chosen)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
