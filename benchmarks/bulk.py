"""A sheet of tens of thousands of venues with errors in every hundredth row, checked and made into entries.

python -m benchmarks.bulk 50000    # in the database that the settings name, with nothing in it

Prints what it took as a line of JSON: seconds of the check and of the making, and how far memory rose.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterator

REGION, MECHANISM, STEP = "990102", "culture-venues", "register"
# Every hundredth row cannot be used: a kind that there is not, or a day that is none, by turns.
WRONG = 100


def main() -> None:
    """Do it once, and tell."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.settings.sqlite")
    django.setup()
    count, whole = int(sys.argv[1]), sys.argv[2:] == ["whole"]
    print(json.dumps(_measured(count, whole=whole)))


def _measured(count: int, *, whole: bool) -> dict[str, float]:
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.utils import timezone

    from luoshi.apps.bulk.models import State, Upload
    from luoshi.apps.bulk.operations import importing
    from luoshi.apps.bulk.queries.books import book_of
    from luoshi.apps.bulk.queries.columns import layout_of
    from luoshi.apps.organization.models import Body, Region, Role
    from luoshi.apps.register.declared import catalogue

    call_command("migrate", verbosity=0, interactive=False)
    region = Region.objects.create(code=REGION, name="云溪区", level=Region.Level.COUNTY)
    body = Body.objects.create(region=region, name="云溪区文化馆", kind="organ", line="government")
    user = User.objects.create(username="clerk")
    Role.objects.create(region=region, user=user, name="liaison", body=body)
    mechanism = catalogue().latest(MECHANISM)
    layout = layout_of(mechanism, mechanism.register.transition[STEP])
    with book_of(layout, REGION, "zh", _rows(count, body.name, wrong=not whole)) as file:
        content = file.read()
    importing.start = lambda work, key: None
    before = _megabytes()
    upload = importing.request_upload(
        layout=layout, body=body, name="a.xlsx", content=content, by=user, at=timezone.now()
    )
    size = len(content)
    del content
    checked = _seconds(lambda: importing.run_upload(upload.pk))
    upload = Upload.objects.get(pk=upload.pk)
    importing.confirm_upload(upload=upload, whole=whole, by=user, at=timezone.now())
    made = _seconds(lambda: importing.run_upload(upload.pk))
    upload = Upload.objects.get(pk=upload.pk)
    if upload.state != State.DONE or upload.done != count - upload.bad:
        raise SystemExit(f"{upload.state}: {upload.error}")
    return {
        "rows": count,
        "bad": upload.bad,
        "entries": upload.done,
        "file": size / 2**20,
        "check": checked,
        "make": made,
        "memory": _megabytes() - before,
    }


def _rows(count: int, body: str, *, wrong: bool) -> Iterator[object]:
    from luoshi.apps.bulk.queries.books import Filled

    kinds = ("法治文化长廊", "法治文化宣传栏", "普法学法大讲堂")
    for number in range(count):
        bad = wrong and number % WRONG == WRONG // 2
        texts = {
            "name": f"云溪第{number}号法治文化阵地",
            "kind": "没有的类型" if bad and number % 200 < 100 else kinds[number % 3],
            "for-body": body,
            "address": f"云溪路{number}号",
            "level": "区（县）级",
            "builder": "云溪区文化馆",
            "built-on": "去年" if bad and number % 200 >= 100 else f"20{10 + number % 15}-05-01",
            "open-hours": "全天",
        }
        yield Filled("", texts)


def _seconds(work: object) -> float:
    begun = time.monotonic()
    work()  # type: ignore[operator]
    return time.monotonic() - begun


def _megabytes() -> float:
    """The most memory that this process has had; what reads runs in a process of its own."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
