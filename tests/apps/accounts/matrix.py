"""Who may go where: one line for every address of the product, held against its real answers.

To add a page, add its name and a `Page`: who gets in, what they are answered on GET and on POST without any
fields, and which of them the object in the address concerns (`within`). A method that the page does not have
is left out. Where people are answered differently, or fewer may send than look, give several pages: the first
that has the person, the method and the object counts. Where an address has a part of its own
(`<int:something>`), say in `world.py` what stands there at each place; a page names it in `parts` where it
goes by another name there, and a name may be declared several times with a word behind it.

Nobody has to be listed who is refused: strangers are sent to the log-in page, everybody else gets 403.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.apps.accounts.world import OTHER_BODY, OTHER_REGION, OWN_BODY, PEOPLE

OFFICE = frozenset({"office", "neighbour"})
MEMBERS = frozenset({"liaison_a", "liaison_b", "liaison_c", "head_a"})
VIEWERS = frozenset({"viewer", "viewer_a"})
READERS = OFFICE | MEMBERS | VIEWERS
SYSTEM, SECURITY, AUDIT = frozenset({"system"}), frozenset({"security"}), frozenset({"audit"})
SIGNED_IN = frozenset(PEOPLE) - {"stranger"}
EVERYBODY = frozenset(PEOPLE)

Within = Mapping[str, frozenset[str]]
"""Whom an object at each place concerns."""

_HERE, _THERE = EVERYBODY - {"neighbour"}, frozenset({"neighbour"})
_ALL_OF_IT = frozenset({"office", "viewer"})
REGION: Within = {OWN_BODY: _HERE, OTHER_BODY: _HERE, OTHER_REGION: _THERE}
# What a body does is for itself, the office and who looks at the region or at the body.
BODY: Within = {
    OWN_BODY: _ALL_OF_IT | {"liaison_a", "head_a", "viewer_a"},
    OTHER_BODY: _ALL_OF_IT | {"liaison_b"},
    OTHER_REGION: _THERE,
}
# The other body leads the tasks in which the own body takes part, and brings its reports together.
LED: Within = {**BODY, OWN_BODY: BODY[OWN_BODY] | {"liaison_b"}}
# What the leads conclude is read by every body that took part, once it is accepted.
READ: Within = {**LED, OTHER_BODY: LED[OTHER_BODY] | {"liaison_a", "head_a"}}
# What the office has not shown anybody yet.
_OFFICES: Within = {place: frozenset({"office"}) for place in (OWN_BODY, OTHER_BODY)} | {OTHER_REGION: _THERE}
# What one person has begun.
BEGUN: Within = {
    OWN_BODY: frozenset({"liaison_a"}),
    OTHER_BODY: frozenset({"liaison_b"}),
    OTHER_REGION: frozenset(),
}


@dataclass(frozen=True)
class Page:
    """What an address answers to those who may use it.

    Attributes:
        who: everybody with the permission that its view names.
        get: status of the answer.
        post: likewise, to a form without fields.
        within: of `who` those whom the object concerns; empty where the address names none.
        parts: by the part of the address its name in `world.py`, or the word that stands there.
    """

    who: frozenset[str]
    get: int | None = None
    post: int | None = None
    within: Within = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


def of_plan(who: frozenset[str], get: int | None = None, post: int | None = None) -> Page:
    """A page of a plan that is being read: for the people of its region."""
    return Page(who, get, post, REGION)


def of_issued(who: frozenset[str], get: int | None = None, post: int | None = None) -> Page:
    """A page of a plan that was issued, or of a task of it."""
    return Page(who, get, post, REGION, {"plan": "issued plan", "task": "issued task"})


def of_group(who: frozenset[str], get: int | None = None, post: int | None = None) -> Page:
    """A page of a group of bodies."""
    return Page(who, get, post, REGION, {"body": "group"})


def _of_report(step: str, who: frozenset[str], within: Within) -> tuple[Page, ...]:
    """A step that is taken with a report on its page, which everybody opens who reads it."""
    return Page(who, post=302, within=within, parts={"step": step}), Page(READERS)


def _of_desk(kind: str, who: frozenset[str]) -> tuple[Page, ...]:
    """A list of the desk, which everybody has."""
    return Page(who, 200, parts={"kind": kind}), Page(READERS)


Declared = Page | tuple[Page, ...]

ORGANIZATION = {
    "organization:health": Page(EVERYBODY, 200),
    "running:ready": Page(EVERYBODY, 200),
    # For the machine itself and for whoever has the token; see tests/apps/running.
    "running:metrics": Page(EVERYBODY, 403),
    "interface:preferences": Page(EVERYBODY, post=302),
    "interface:help": Page(EVERYBODY, 200),
}

# People of the matrix have no password, so what asks for it again refuses them.
ACCOUNTS = {
    "account_login": Page(EVERYBODY, 200, 200),
    "mfa_authenticate": Page(EVERYBODY, 302, 302),
    "account_logout": Page(SIGNED_IN, 200, 302),
    "account_reauthenticate": Page(SIGNED_IN, 403, 403),
    "mfa_reauthenticate": Page(SIGNED_IN, 403, 403),
    "account_change_password": Page(SIGNED_IN, 302, 302),
    "mfa_index": Page(SIGNED_IN, 302),
    "mfa_activate_totp": Page(SIGNED_IN, 403, 403),
    "mfa_deactivate_totp": Page(SIGNED_IN, 404, 404),
    "mfa_view_recovery_codes": Page(SIGNED_IN, 404),
    "mfa_generate_recovery_codes": Page(SIGNED_IN, 403, 403),
    "mfa_download_recovery_codes": Page(SIGNED_IN, 404, 404),
    "accounts:demo": Page(EVERYBODY, post=404),
    "accounts:own": Page(SIGNED_IN, 200),
    "accounts:leave": Page(SIGNED_IN, post=404),
    "accounts:leave-others": Page(SIGNED_IN, post=302),
    "accounts:list": Page(SYSTEM | SECURITY, 200),
    "accounts:new": Page(SYSTEM, 200, 422),
    "accounts:account": Page(SYSTEM | SECURITY, 200),
    "accounts:change": Page(SYSTEM, post=422),
    "accounts:disable": Page(SYSTEM, post=302),
    "accounts:enable": Page(SYSTEM, post=302),
    "accounts:give-role": Page(SECURITY, post=422),
    "accounts:take-role": Page(SECURITY, post=302),
    "accounts:appoint": Page(SECURITY, post=422),
    "accounts:dismiss": Page(SECURITY, post=404),
    "accounts:unlock": Page(SECURITY, post=302),
    "accounts:reset-password": Page(SECURITY, post=200),
    "accounts:reset-second-factor": Page(SECURITY, post=302),
    "accounts:end-sessions": Page(SECURITY, post=302),
    "accounts:regions": Page(SYSTEM, 200),
    "accounts:new-region": Page(SYSTEM, 200, 422),
    "accounts:region": Page(SYSTEM, 200, 422),
    "accounts:state": Page(SYSTEM, 200),
    "accounts:log": Page(AUDIT, 200),
}

PLAN = {
    "document:original": of_plan(READERS, 200),
    "plan:list": Page(READERS, 200),
    "plan:overview": of_plan(READERS, 200),
    "plan:task": of_plan(READERS, 200),
    "plan:bodies": of_plan(READERS, 200),
    "plan:body": of_plan(READERS, 200),
    "plan:timeline": of_plan(READERS, 200),
    "plan:findings": of_plan(READERS, 200),
    "plan:export": of_plan(READERS, 200),
    "plan:download": of_plan(READERS, 200),
    "plan:upload": Page(OFFICE, 200, 422),
    "plan:job": of_plan(OFFICE, 302),
    "plan:retry": of_plan(OFFICE, post=302),
    "plan:review": of_plan(READERS, 200),
    "plan:review-passage": of_plan(READERS, 200),
    "plan:review-batch": of_plan(READERS, 200),
    "plan:review-card": of_plan(READERS, 200),
    "plan:review-findings": of_plan(READERS, 200),
    "plan:review-edit": of_plan(OFFICE, 200, 422),
    "plan:settle": of_plan(OFFICE, post=400),
    "plan:accept-notes": of_plan(OFFICE, post=302),
    "plan:undo": of_plan(OFFICE, post=404),
    "plan:confirm": of_plan(OFFICE, post=302),
    "plan:reopen": of_plan(OFFICE, post=302),
    "plan:review-names": of_plan(READERS, 200),
    "plan:match": of_plan(OFFICE, post=302),
    "plan:register": of_plan(OFFICE, post=302),
    "plan:match-exact": of_plan(OFFICE, post=302),
    "plan:register-all": of_plan(OFFICE, post=302),
}

# The registry of bodies: `registry:…`.
REGISTRY: dict[str, Page] = {
    "registry:list": Page(READERS, 200),
    "registry:groups": Page(READERS, 200),
    "registry:workbook": Page(READERS, 200),
    "registry:import": Page(OFFICE, 200, 422),
    "registry:create": Page(OFFICE, 200, 422),
    "registry:body": Page(READERS, 200, within=REGION),
    "registry:change": Page(OFFICE, 200, 422, REGION),
    "registry:reorganize": Page(OFFICE, 200, 422, REGION),
    "registry:upload": Page(OFFICE, 200, within=REGION),
    "registry:apply": Page(OFFICE, post=302, within=REGION),
    "registry:faults": Page(OFFICE, 200, within=REGION),
    "registry:members": of_group(READERS, 200),
    "registry:add-members": of_group(OFFICE, 200, 422),
    "registry:membership": of_group(OFFICE, 200, 302),
    # What is taken out is asked about first.
    "registry:remove-member": of_group(OFFICE, post=200),
    "registry:add-rule": of_group(OFFICE, 200, 409),
    "registry:remove-rule": of_group(OFFICE, post=200),
}

# Handing plans out, signing for them, and changes of time: `work:…`.
STEERING: dict[str, Declared] = {
    "work:issue": of_plan(OFFICE, 200, 422),
    "work:issued": of_issued(READERS, 200),
    "work:terms": of_issued(OFFICE, 200, 422),
    # Without fields: back to what the document says.
    "work:rules": of_issued(OFFICE, 200, 302),
    "work:slip": Page(READERS, 200, within=BODY, parts={"plan": "issued plan"}),
    "work:signing": Page(MEMBERS, 200, 302),
    "work:step": Page(OFFICE, 200, 422, REGION, {"step": "suspend"}),
    "work:ask": of_issued(OFFICE, 200, 422),
    "work:extend": Page(MEMBERS, 200, 422, BODY),
    "work:extensions": Page(READERS, 200),
    # Without a step there is nothing to do.
    "work:extension": (Page(READERS, 200, within=LED), Page(OFFICE | MEMBERS, post=404, within=LED)),
    # The third body has no part in the task.
    "work:adjust": (of_issued(OFFICE | MEMBERS - {"liaison_c"}, 200, 422), Page(READERS)),
    "work:adjustment": (
        Page(READERS, 200, within=REGION),
        Page(OFFICE, post=404, within=REGION),
        Page(MEMBERS, post=404, within=BEGUN),
    ),
    "work:working-days": (Page(READERS, 200), Page(OFFICE, post=404)),
}

# What is reported, and what is decided on it.
REPORTS: dict[str, Declared] = {
    "work:report": Page(READERS, 200, within=READ),
    "work:report-save": Page(MEMBERS, post=302, within=BODY),
    "work:report-submit": Page(MEMBERS, post=302, within=BODY),
    "work:report-quote": Page(MEMBERS, post=302, within=BODY),
    "work:report-here": Page(MEMBERS, post=200, within=BODY),
    "work:report-step withdraw": _of_report("withdraw", MEMBERS, BODY),
    "work:report-step correct": _of_report("correct", MEMBERS, BODY),
    "work:report-step approve": _of_report("approve", frozenset({"head_a"}), BODY),
    "work:report-step accept": _of_report("accept", OFFICE, REGION),
    "work:report-step return": _of_report("return", OFFICE | {"head_a", "liaison_b"}, LED),
    "work:no-change": Page(MEMBERS, post=200),
    "work:accepting": Page(OFFICE, 200, 302),
    "work:approving": Page(frozenset({"head_a"}), 200),
    # Two bodies lead a task; the own one another task than that of the report.
    "work:collecting": (
        Page(OFFICE | {"viewer", "liaison_b"}, 200, within=LED),
        Page(frozenset({"liaison_a", "head_a"})),
    ),
    "work:evidence": (Page(READERS, 200), Page(MEMBERS, post=422)),
    "work:evidence-page": (Page(READERS, 200, within=LED), Page(MEMBERS, post=422, within=BODY)),
    "work:evidence-file": Page(READERS, 200, within=LED),
    "work:body-setting": Page(MEMBERS, 200, 302, BODY),
    "work:sheet": Page(MEMBERS, 200, 422),
    "work:sheet-file": Page(MEMBERS, 200, within=BODY),
    "work:sheet-upload": Page(MEMBERS, 200, 302, BEGUN, {"upload": "sheet"}),
    "work:sheet-faults": Page(MEMBERS, 200, within=BEGUN, parts={"upload": "sheet"}),
}

# How the work stands.
STANDING: dict[str, Declared] = {
    # Everybody else is sent to where they begin.
    "work:home": (Page(OFFICE | VIEWERS, 200), Page(SIGNED_IN, 302)),
    "work:desk": Page(READERS, 200),
    "work:desk-list report": _of_desk("report", MEMBERS),
    "work:desk-list approve": _of_desk("approve", frozenset({"head_a"})),
    "work:desk-list accept": _of_desk("accept", OFFICE),
    "work:calendar": Page(READERS, 200),
    "work:burden": Page(READERS, 200),
    "work:map": of_issued(READERS, 200),
    "work:matrix": of_issued(READERS, 200),
    "work:task": of_issued(READERS, 200),
    "work:body": of_issued(READERS, 200),
}

# Orders, reminders and bulletins.
SUPERVISION: dict[str, Declared] = {
    "indicator:list": Page(READERS, 200),
    "indicator:one": Page(READERS, 200, parts={"key": "legal-aid", "indicator": "received"}),
    "binding:list": of_plan(READERS, 200),
    "binding:find": of_plan(OFFICE, post=302),
    "binding:certain": of_plan(OFFICE, post=400),
    "binding:by-hand": of_plan(OFFICE, 200, 400),
    "binding:settle": Page(OFFICE, post=400, within=REGION),
    "supervision:list": Page(READERS, 200),
    "supervision:new": Page(OFFICE, 200, 422),
    "supervision:numbering": Page(OFFICE, 200, 422),
    "supervision:of-task": Page(OFFICE, 200, 422, REGION),
    "supervision:order": Page(READERS, 200, within=BODY),
    "supervision:edit": Page(OFFICE, 200, 422, REGION, {"order": "draft order"}),
    # Without a step there is nothing to do.
    "supervision:step": Page(OFFICE, post=404, within=REGION),
    "supervision:answer": Page(MEMBERS, post=422, within=BODY),
    "supervision:paper": Page(READERS, 200, within=BODY),
    "reminders:list": Page(READERS, 200),
    # Everybody finds their own digests only, and nobody has one here.
    "reminders:digest": Page(READERS, 404),
    "reminders:settings": Page(READERS, 200, 422),
    "reminders:feed-address": Page(READERS, post=200),
    "reminders:feed": Page(EVERYBODY, 404),
    "bulletin:list": Page(READERS, 200),
    "bulletin:new": Page(OFFICE, 200, 422),
    "bulletin:bulletin": Page(READERS, 200, within=REGION),
    "bulletin:bulletin draft": Page(READERS, 200, within=_OFFICES, parts={"bulletin": "draft bulletin"}),
    "bulletin:word": Page(READERS, 200, within=REGION),
    "bulletin:figure": Page(READERS, 200, within=REGION),
    "bulletin:edit": Page(OFFICE, 200, 422, REGION, {"bulletin": "draft bulletin"}),
    "bulletin:step": Page(OFFICE, post=404, within=REGION, parts={"bulletin": "draft bulletin"}),
    "bulletin:practices": Page(OFFICE, 200, 404, REGION, {"bulletin": "draft bulletin"}),
}

# Pages about the API. Its calls answer to tokens only: each call, role and scope is in tests/apps/api.
API: dict[str, Declared] = {
    "api:tokens": Page(SIGNED_IN, 200, 422),
    "api:revoke": Page(SIGNED_IN, post=404),
    "api:webhooks": Page(OFFICE, 200, 422),
    "api:webhook": Page(OFFICE, 404),
    "api:end-webhook": Page(OFFICE, post=404),
}
BY_TOKEN = "v1:"

# Linked tasks, texts from above, and what the level above sees; nobody here is above anybody else.
_WHOLE = OFFICE | {"viewer"}
ALIGNMENT: dict[str, Declared] = {
    "alignment:links": Page(_WHOLE, 200),
    "alignment:find": Page(OFFICE, post=302),
    "alignment:settle-link": Page(OFFICE, post=400, within=REGION),
    "alignment:link-task": of_plan(OFFICE, 200, 302),
    "alignment:comparisons": (of_plan(_WHOLE, 200), of_plan(OFFICE, post=422)),
    "alignment:comparison": Page(_WHOLE, 200, within=REGION),
    "alignment:remove": Page(OFFICE, post=302, within=REGION),
    "alignment:clause": (Page(_WHOLE, 200, within=REGION), Page(OFFICE, post=302, within=REGION)),
    "alignment:needless": Page(OFFICE, post=422, within=REGION),
    "alignment:settle-pair": Page(OFFICE, post=400, within=REGION),
    "alignment:above": Page(_WHOLE, 302),
    "alignment:region": Page(_WHOLE, 200, within=REGION),
    "alignment:region-plans": Page(_WHOLE, 403),
    "alignment:above-plan": Page(_WHOLE, 403, parts={"plan": "issued plan"}),
    "alignment:above-task": Page(_WHOLE, 403, parts={"task": "issued task"}),
}

# Entries of registers. Who begins one works for a body that keeps such, and is no mere head of it.
_KEEPERS = OFFICE | {"liaison_a", "liaison_b", "liaison_c"}
_OF_LIST = {"key": "mechanism"}
_OF_ENTRY = {**_OF_LIST, "number": "entry"}
# Who takes this step: the liaison of the body, and the office.
_HANDLERS: Within = {
    OWN_BODY: frozenset({"office", "liaison_a"}),
    OTHER_BODY: frozenset({"office", "liaison_b"}),
    OTHER_REGION: _THERE,
}
REGISTERS: dict[str, Declared] = {
    "register:start": Page(READERS, 200),
    "register:list": Page(READERS, 200, parts=_OF_LIST),
    "register:board": Page(READERS, 200, parts=_OF_LIST),
    "register:new": Page(_KEEPERS, 200, 422, parts={**_OF_LIST, "transition": "register"}),
    "register:entry": Page(READERS, 200, within=BODY, parts=_OF_ENTRY),
    "register:paper": Page(READERS, 200, within=BODY, parts=_OF_ENTRY),
    "register:file": Page(READERS, 200, within=BODY, parts={**_OF_ENTRY, "file": "entry file"}),
    "register:step": Page(OFFICE | MEMBERS, 200, 422, _HANDLERS, {**_OF_ENTRY, "transition": "inspect"}),
}

# Nobody sees what another has sent in or done in bulk.
_UPLOADED, _ACTED = {**_OF_LIST, "upload": "bulk upload"}, {**_OF_LIST, "action": "bulk action"}
BULK: dict[str, Declared] = {
    "bulk:import": Page(_KEEPERS, 200, 422, parts=_OF_LIST),
    "bulk:template": (
        Page(_KEEPERS, 200, parts={**_OF_LIST, "transition": "register"}),
        Page(OFFICE | MEMBERS),
    ),
    "bulk:upload": Page(OFFICE | MEMBERS, 200, 302, _OFFICES, _UPLOADED),
    "bulk:faults": Page(OFFICE | MEMBERS, 200, within=_OFFICES, parts=_UPLOADED),
    "bulk:act": Page(OFFICE | MEMBERS, 422, 422, parts=_OF_LIST),
    "bulk:action": Page(OFFICE | MEMBERS, 200, 302, _OFFICES, _ACTED),
}

# Draws of entries. Those who handle the entry run them; what is announced is there for everybody.
_OF_DRAW = {"key": "drawn mechanism", "number": "drawn entry", "draw": "drawing"}
_RUNNERS: Within = {
    OWN_BODY: frozenset({"liaison_a"}),
    OTHER_BODY: frozenset({"liaison_b"}),
    OTHER_REGION: frozenset(),
}
_ANNOUNCED = {"number": "draw"}
DRAWS: dict[str, Declared] = {
    "draws:draw": (
        Page(READERS, 200, within=BODY, parts=_OF_DRAW),
        Page(OFFICE | MEMBERS, post=422, within=_RUNNERS, parts=_OF_DRAW),
    ),
    "draws:list": Page(READERS, 200, within=BODY, parts=_OF_DRAW),
    "draws:index": Page(EVERYBODY, 200),
    "draws:program": Page(EVERYBODY, 200),
    "draws:notice": Page(EVERYBODY, 200, parts=_ANNOUNCED),
    "draws:names": Page(EVERYBODY, 200, parts=_ANNOUNCED),
    "draws:commitment": Page(EVERYBODY, 200, parts=_ANNOUNCED),
    "draws:proof": Page(EVERYBODY, 200, parts=_ANNOUNCED),
}

_FILED = {"key": "legal-aid", "number": "application"}
# Whoever works on an entry reads what is personal in it, for a purpose; who only looks never does.
PERSONAL: dict[str, Declared] = {
    "register:reveal": Page(OFFICE | MEMBERS, 200, 422, BODY, _FILED),
    "register:correction": Page(OFFICE | MEMBERS, post=302, within=BODY, parts=_FILED),
    "register:privacy": Page(OFFICE, 200, parts=_FILED),
    "register:destruction": Page(OFFICE, 200, 422, parts=_FILED),
    "register:destruction-sheets": Page(OFFICE, 200, parts=_FILED),
    "register:destruction-sheet": Page(OFFICE, 200, 404, REGION, {**_FILED, "sheet": "destruction"}),
}
# Without an account; what lies behind a receipt asks for its number and code.
OUTSIDE: dict[str, Declared] = {
    "register:filing": Page(EVERYBODY, 200),
    "register:form": Page(EVERYBODY, 200, 422, parts=_FILED),
    "register:receipt": Page(EVERYBODY, 200, 422),
    "register:receipt-again": Page(EVERYBODY, post=302),
    "register:receipt-paper": Page(EVERYBODY, 302),
    "register:receipt-mine": Page(EVERYBODY, 302, 302),
    "register:receipt-copy": Page(EVERYBODY, 302),
    "register:receipt-leave": Page(EVERYBODY, post=302),
    "register:receipt-act": Page(EVERYBODY, 302, 302, parts={"transition": "withdraw"}),
}

MATRIX: dict[str, Declared] = {
    **REGISTERS,
    **DRAWS,
    **API,
    **ORGANIZATION,
    **ACCOUNTS,
    **PLAN,
    **REGISTRY,
    **STEERING,
    **REPORTS,
    **ALIGNMENT,
    **STANDING,
    **SUPERVISION,
    **BULK,
    **PERSONAL,
    **OUTSIDE,
}
