"""Who may go where: one line for every address of the product, held against its real answers.

To add a page, add its name and a `Page`: who gets in, what they are answered on GET and on POST without any
fields, and whether the object in the address has to be of their region or of their body. A method that the
page does not have is left out. Where an address has a part of its own (`<int:something>`), say in `world.py`
what stands there at each place.

Nobody has to be listed who is refused: strangers are sent to the log-in page, everybody else gets 403.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.apps.accounts.world import PEOPLE

OFFICE = frozenset({"office", "neighbour"})
MEMBERS = frozenset({"liaison_a", "liaison_b", "head_a"})
READERS = OFFICE | MEMBERS | {"viewer"}
SYSTEM, SECURITY, AUDIT = frozenset({"system"}), frozenset({"security"}), frozenset({"audit"})
SIGNED_IN = frozenset(PEOPLE) - {"stranger"}
EVERYBODY = frozenset(PEOPLE)


@dataclass(frozen=True)
class Page:
    """What an address answers to those who may use it."""

    who: frozenset[str]
    get: int | None = None
    post: int | None = None
    # `region`: only for objects of one's region. `body`: members only for objects of their body as well.
    within: str = ""


def of_plan(who: frozenset[str], get: int | None = None, post: int | None = None) -> Page:
    """A page of a plan: for the people of its region."""
    return Page(who, get, post, within="region")


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
    "registry:body": Page(READERS, 200, within="region"),
    "registry:change": Page(OFFICE, 200, 422, within="region"),
    "registry:reorganize": Page(OFFICE, 200, 422, within="region"),
}

# Handing out, signing, reporting and showing the work: `work:…`.
WORK: dict[str, Page] = {
    "work:issue": of_plan(OFFICE, 200, 422),
    "work:adjust": of_plan(OFFICE, 200, 422),
    "work:signing": Page(MEMBERS, 200, 302),
    "work:extensions": Page(READERS, 200),
    "work:accepting": Page(OFFICE, 200, 302),
    "work:approving": Page(frozenset({"head_a"}), 200),
    "work:no-change": Page(MEMBERS, post=200),
    "work:body-setting": Page(MEMBERS, 200, 302, within="body"),
    "work:desk": Page(READERS, 200),
    "work:calendar": Page(READERS, 200),
    "work:burden": Page(READERS, 200),
    "work:sheet": Page(MEMBERS, 200, 422),
    "work:map": of_plan(READERS, 200),
    "work:matrix": of_plan(READERS, 200),
    "work:task": of_plan(READERS, 200),
    "work:body": of_plan(READERS, 200),
}

MATRIX: dict[str, Page] = {**ORGANIZATION, **ACCOUNTS, **PLAN, **REGISTRY, **WORK}

# Apps whose addresses are still being declared. Until then strangers, people without a role and the three
# administrators must get nowhere in them.
PENDING = ("registry:", "work:")
