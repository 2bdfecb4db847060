"""Make the pictures of the README and the guide from the running product, with the sample plan.

    python -m tools.screenshots              # writes docs/images/*.png

Starts `luoshi open` on the sample with an empty database, looks at its pages in Chromium and stops it again.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.system import find_browser

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src/luoshi/samples/yunxi.docx"
IMAGES = ROOT / "docs/images"
SIZE = {"width": 1280, "height": 800}
STOP_SECONDS = 10

# The address that `luoshi open` prints. Sample: "http://127.0.0.1:8000/plans/1/review/"
ADDRESS = re.compile(r"(?P<site>http://[\d.]+:\d+)(?P<path>/plans/\d+/)")


@contextmanager
def running_product() -> Iterator[tuple[str, str]]:
    """The product with the sample plan: the site's address and the path of the plan."""
    with tempfile.TemporaryDirectory(prefix="luoshi-pictures-") as data:
        program = Path(sys.executable).with_name("luoshi")
        command = [str(program), "open", str(SAMPLE), "--no-browser", "--data", data]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            yield _address(server)
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)


def _address(server: subprocess.Popen[str]) -> tuple[str, str]:
    for line in server.stdout or ():
        if found := ADDRESS.search(line):
            return found["site"], found["path"]
    raise SystemExit("luoshi open printed no address")


def take(page: Page, site: str, plan: str) -> None:
    """Take the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.goto(f"{site}{plan}")
    tile = page.locator(".map .tile[title^='5 ']")
    pages = {
        "overview": plan,
        "review": f"{plan}review/#task-2",
        "findings": f"{plan}review/#findings",
        "names": f"{plan}review/names/",
        "task": tile.get_attribute("href") or plan,
        "timeline": f"{plan}timeline/",
    }
    for name, path in pages.items():
        # From nowhere, so that an address with another `#` is a page of its own.
        page.goto("about:blank")
        page.goto(f"{site}{path}")
        page.wait_for_load_state("networkidle")
        if name == "findings":
            # The second doubt: its words on the left, the ways to settle it on the right.
            page.keyboard.press("n")
            page.keyboard.press("n")
        page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
        print(f"docs/images/{name}.png", (IMAGES / f"{name}.png").stat().st_size // 1024, "KB")


def main() -> int:
    """Command line; returns the exit code."""
    chromium = find_browser()
    if chromium is None:
        print("Chromium is missing; run: sudo apt-get install chromium", file=sys.stderr)
        return 1
    with running_product() as (site, plan), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, locale="zh-CN", reduced_motion="reduce")
        take(page, site, plan)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
