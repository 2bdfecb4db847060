"""Import plan after plan and look at each: memory must not creep, and pages must not slow down.

Works on a new database in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median

# Growth from the first to the last quarter of the run that is still put down to caches and to chance.
MEMORY_GROWTH = 1.15
TIME_GROWTH = 1.5


def resident_bytes() -> int:
    """Memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def rounds(minutes: float) -> list[tuple[float, int]]:
    """Seconds and bytes after each round: one import, and every page of the plan it made."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from django.test import Client
    from django.utils import timezone

    from luoshi.apps.organization.models import Role
    from luoshi.apps.organization.operations import local_office_user
    from luoshi.apps.plan.models import ImportJob
    from luoshi.apps.plan.operations.importing import request_import
    from tools.sample.content import SOURCE

    user = local_office_user(at=timezone.now())
    region = Role.objects.get(user=user).region_id
    client = Client()
    client.force_login(user)
    text = SOURCE.read_text(encoding="utf-8")
    measured = []
    ends = time.monotonic() + minutes * 60
    while time.monotonic() < ends:
        begun = time.monotonic()
        content = text.replace("2023〕5号", f"2023〕{len(measured) + 5}号").encode()
        job = request_import(region=region, name="yunxi.txt", content=content, by=user, at=timezone.now())
        job = ImportJob.objects.get(pk=job.pk)
        if job.plan_id is None:
            raise RuntimeError(f"the import ended as {job.state}: {job.error}")
        for page in ("", "bodies/", "timeline/", "findings/", "review/", "export/"):
            response = client.get(f"/plans/{job.plan_id}/{page}")
            if response.status_code != 200:
                raise RuntimeError(f"/plans/{job.plan_id}/{page} answered {response.status_code}")
        measured.append((time.monotonic() - begun, resident_bytes()))
    return measured


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--minutes", type=float, default=5)


def run(options: argparse.Namespace) -> bool:
    """Whether memory and time stayed within what is tolerated."""
    with tempfile.TemporaryDirectory(prefix="luoshi-soak-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "luoshi.settings.test",
            "LUOSHI_DATA": folder,
            "LUOSHI_DATABASE_URL": f"sqlite:///{folder}/soak.sqlite3",
        }
        measured = rounds(options.minutes)
    if len(measured) < 8:
        print(f"only {len(measured)} rounds: too few to judge")
        return False
    quarter = len(measured) // 4
    # The first rounds fill caches and import modules.
    early, late = measured[1 : quarter + 1], measured[-quarter:]
    seconds = [median(second for second, _ in part) for part in (early, late)]
    memory = [median(held for _, held in part) for part in (early, late)]
    print(f"{len(measured)} rounds")
    print(f"seconds a round: {seconds[0]:.3f} at first, {seconds[1]:.3f} at last")
    print(f"memory: {memory[0] / 2**20:.0f} MiB at first, {memory[1] / 2**20:.0f} MiB at last")
    steady = memory[1] <= memory[0] * MEMORY_GROWTH and seconds[1] <= seconds[0] * TIME_GROWTH
    print("steady" if steady else "NOT steady")
    return steady
