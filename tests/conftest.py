"""What all tests share: the real documents beside the repository, the sample plan, and rules for the run."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from tests.migrated import folder_of_all, underneath
from tools.system import find_browser, find_postgres, has_writer

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared/corpus"
SAMPLES = ROOT / "src/luoshi/samples"

# The suite must give the same answer every time; `make fuzz` is where chance comes in.
settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marks."""
    config.addinivalue_line("markers", "browser: drives Chromium")
    config.addinivalue_line("markers", "long: takes most of a minute, and begins before the others")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark journeys, and put long tests in front, so that no worker waits for another one at the end.

    None of the long ones uses the database of the run, whose tests pytest-django has put in order.
    """
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def _not_run(reason: str) -> NoReturn:
    """Skip with `reason`; under `make test`, where everything has to run, fail with it."""
    if os.environ.get("LUOSHI_TESTS") == "all":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The database of a worker has its tables before Django asks which migrations it lacks."""
    with underneath(folder_of_all(tmp_path_factory)):
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    return find_browser() or _not_run("Chromium is missing; run: sudo apt-get install chromium")


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """The path of LibreOffice, with its part for text documents."""
    if has_writer():
        return shutil.which("soffice") or "libreoffice"
    _not_run("LibreOffice is missing; run: sudo apt-get install libreoffice-writer-nogui")


@pytest.fixture(scope="session")
def postgres() -> Path:
    """The folder of PostgreSQL's programs."""
    return find_postgres() or _not_run("PostgreSQL is missing; run: sudo apt-get install postgresql")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents with gold labels; they are never part of the repository."""
    if not CORPUS.is_dir():
        pytest.skip("the real documents are not here (../shared/corpus)")
    return CORPUS


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample plan: `yunxi.txt`, `.docx`, `.pdf`, `.ofd`, `.html`."""
    return SAMPLES


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> None:
    """No test may reach another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])  # type: ignore[index]
            if not host.startswith("127.") and host not in ("::1", "localhost"):
                raise RuntimeError(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[method-assign]
