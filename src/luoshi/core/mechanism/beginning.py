"""What a new declaration begins with: the smallest mechanism that works, with a case that passes."""

from __future__ import annotations

import re

from luoshi.core.errors import LuoshiError

# A key: words of small letters and digits with hyphens between them. Sample: "culture-venues"
_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MOST_KEY = 60


class KeyUnusable(LuoshiError):
    """A name that cannot be the key of a mechanism."""

    code = "mechanism-key-unusable"
    zh = "“{key}”不能作机制的名称;请用小写字母、数字和连字符,如 culture-venues。"
    en = "“{key}” cannot be the key of a mechanism; use small letters, digits and hyphens: culture-venues."


_DECLARATION = """\
# The smallest mechanism that works. Change it line by line; `luoshi mechanism check` tells what is wrong.
# All keys are explained in docs/guide/mechanisms.md.
key: {key}
version: 1
in-force: {{start: 2020-01-01}}
name: {{zh: 新的台账, en: New register}}
purpose: {{zh: 说明为什么登记、给谁用。, en: Say why it is kept and for whom.}}
theme: work
# Words of tasks by which it offers itself.
serves: [新的台账]

fields:
  matter:
    type: text
    label: {{zh: 事项, en: Matter}}
    required: true
    public: true
  result:
    type: long-text
    label: {{zh: 办理结果, en: Result}}

states:
  open: {{label: {{zh: 办理中, en: Open}}, tone: going}}
  done: {{label: {{zh: 已办结, en: Done}}, tone: good, final: true, public: true}}

transitions:
  begin:
    label: {{zh: 登记, en: Register}}
    to: open
    who: [handler]
    asks: [matter]
    starts: [handling]
  finish:
    label: {{zh: 办结, en: Finish}}
    from: [open]
    to: done
    who: [handler]
    asks: [result]
    needs: [result]
    stops: [handling]

limits:
  handling:
    label: {{zh: 办理期限, en: Time to handle it}}
    amount: 15
    unit: working_day
    source: {{law: 请填写依据}}
    warn: 3

indicators:
  in-time:
    label: {{zh: 按期办结率, en: Finished in time}}
    measure: within
    limit: handling
    unit: "%"
    empty: not-applicable

views:
  title: "{{matter}}"
  columns: [matter]
"""

_CASES = """\
- name: {zh: 按期办结, en: Finished in time}
  today: 2026-04-30
  bodies: {office: {name: 云溪区某局}}
  entries:
    a:
      body: office
      steps:
        - {do: begin, on: 2026-03-02, give: {matter: 示例事项}}
        - {do: finish, on: 2026-03-10, refused: step-values-missing}
        - {do: finish, on: 2026-03-10, give: {result: 已办}}
      state: done
      limits: {handling: {due: 2026-03-23, outcome: kept}}
  indicators:
    - {key: in-time, value: "1"}
"""


def skeleton(key: str) -> dict[str, str]:
    """The two files of a new mechanism, by name.

    Raises:
        KeyUnusable: the key is none.
    """
    if not _KEY.fullmatch(key) or len(key) > MOST_KEY:
        raise KeyUnusable(key=key)
    return {f"{key}.yaml": _DECLARATION.format(key=key), f"{key}.cases.yaml": _CASES}
