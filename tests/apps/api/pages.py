"""What a program calls instead of each page; held against pages and calls by `test_pages.py`.

To add a page, say which calls show what it shows, which do what it does, and which gives its list as a
workbook; or why there is none. To add a call that no page has, say in `OWN` what it is for.
"""

from __future__ import annotations

from dataclasses import dataclass


class Why(str):
    """Why no call does what a page does."""

    __slots__ = ()


Calls = tuple[str, ...] | Why


@dataclass(frozen=True)
class Same:
    """The calls that do what a page does.

    Attributes:
        shows: those that read what the page shows on GET.
        does: those that do what it does on POST.
        sheet: the one that gives its list as a workbook.
    """

    shows: Calls = ()
    does: Calls = ()
    sheet: str = ""


SIGNING_IN = Why(
    "signing in with password, code or session is the browser's; a program signs in by its token"
)
SERVER = Why("about the server itself, outside the API and without a person")
LOOKS = Why("how pages look in this browser; a program has none")
FORM = Why("an empty form; what it asks for stands in the description of the call that is sent")
MOVES = Why("sends the browser on to the page where its person begins")
NO_TOKEN_BY_TOKEN = Why("a stolen token must not make another that outlives it, nor show which there are")

_HERE = Same(SIGNING_IN, SIGNING_IN)
ACCOUNTS = {
    **dict.fromkeys(
        (
            "account_login",
            "mfa_authenticate",
            "account_logout",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "account_change_password",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "accounts:demo",
            "accounts:leave",
            "accounts:leave-others",
        ),
        _HERE,
    ),
    "accounts:own": Same(("account-own",)),
    "accounts:list": Same(("accounts-index",), sheet="sheets-accounts"),
    "accounts:new": Same(FORM, ("accounts-create",)),
    "accounts:account": Same(("accounts-one", "accounts-sessions")),
    "accounts:change": Same(does=("accounts-change",)),
    "accounts:disable": Same(does=("accounts-disable",)),
    "accounts:enable": Same(does=("accounts-enable",)),
    "accounts:give-role": Same(does=("accounts-give-role",)),
    "accounts:take-role": Same(does=("accounts-take-role",)),
    "accounts:appoint": Same(does=("accounts-appoint-one",)),
    "accounts:dismiss": Same(does=("accounts-dismiss-one",)),
    "accounts:unlock": Same(does=("accounts-unlock",)),
    "accounts:reset-password": Same(does=("accounts-reset-password",)),
    "accounts:reset-second-factor": Same(does=("accounts-reset-second-factor",)),
    "accounts:end-sessions": Same(does=("accounts-end-sessions",)),
    "accounts:regions": Same(("installation-regions",), sheet="sheets-regions"),
    "accounts:new-region": Same(FORM, ("installation-new-region",)),
    "accounts:region": Same(("installation-region",), ("installation-edit-region",)),
    "accounts:state": Same(("installation-state",)),
    "accounts:log": Same(("audit-events",), sheet="sheets-log"),
    "api:tokens": Same(NO_TOKEN_BY_TOKEN, NO_TOKEN_BY_TOKEN),
    "api:revoke": Same(does=Why("a stolen token must not end the other tokens of its person")),
    "api:webhooks": Same(("webhooks-index",), ("webhooks-make",)),
    "api:webhook": Same(("webhooks-one", "webhooks-deliveries"), sheet="webhooks-deliveries-file"),
    "api:end-webhook": Same(does=("webhooks-end",)),
    "organization:health": Same(SERVER),
    "running:ready": Same(SERVER),
    "running:metrics": Same(SERVER),
    "interface:preferences": Same(does=LOOKS),
    "interface:help": Same(LOOKS),
}

PLAN = {
    "document:original": Same(("plans-original",)),
    "plan:list": Same(("plans-index",), sheet="sheets-plans"),
    "plan:overview": Same(("plans-one", "plans-figures-of", "plans-sections", "plans-tasks")),
    "plan:task": Same(("plans-task", "plans-passages", "bindings-targets")),
    "plan:bodies": Same(("plans-bodies",), sheet="sheets-plan-bodies"),
    "plan:body": Same(("plans-tasks", "plans-bodies")),
    "plan:timeline": Same(("plans-due",)),
    "plan:findings": Same(("review-findings",), sheet="sheets-findings"),
    "plan:export": Same(("plans-download",)),
    "plan:download": Same(("plans-download",)),
    "plan:upload": Same(("plans-imports",), ("plans-upload",)),
    "plan:job": Same(("plans-job",)),
    "plan:retry": Same(does=("plans-retry",)),
    "plan:review": Same(
        ("review-progress", "plans-tasks", "plans-passages", "review-findings", "review-steps")
    ),
    "plan:review-passage": Same(("plans-passages",)),
    "plan:review-batch": Same(("plans-tasks",)),
    "plan:review-card": Same(("plans-task",)),
    "plan:review-findings": Same(("review-findings",)),
    "plan:review-edit": Same(("plans-task",), ("plans-edit",)),
    "plan:settle": Same(does=("review-settle",)),
    "plan:accept-notes": Same(does=("review-accept-notes",)),
    "plan:undo": Same(does=("review-undo",)),
    "plan:confirm": Same(does=("review-confirm",)),
    "plan:reopen": Same(does=("review-reopen",)),
    "plan:review-names": Same(("review-names",), sheet="sheets-names"),
    "plan:match": Same(does=("review-match",)),
    "plan:register": Same(does=("review-register",)),
    "plan:match-exact": Same(does=("review-match-exact",)),
    "plan:register-all": Same(does=("review-register-all",)),
}

REGISTRY = {
    "registry:list": Same(("registry-index",), sheet="sheets-bodies"),
    "registry:groups": Same(("registry-groups",), sheet="sheets-groups"),
    "registry:workbook": Same(("registry-workbook-of",)),
    "registry:import": Same(("registry-uploads",), ("registry-receive-one",)),
    "registry:create": Same(FORM, ("registry-create", "registry-effects-of-create")),
    "registry:body": Same(
        (
            "registry-one",
            "registry-names",
            "registry-belongs",
            "registry-history",
            "registry-asked-by",
            "registry-tasks",
        )
    ),
    "registry:change": Same(("registry-one",), ("registry-change", "registry-effects-of-change")),
    "registry:reorganize": Same(FORM, ("registry-reorganize", "registry-effects-of-reorganize")),
    "registry:upload": Same(("registry-upload", "registry-upload-changes", "registry-upload-faults")),
    "registry:apply": Same(does=("registry-apply",)),
    "registry:faults": Same(("registry-faults-file",)),
    "registry:members": Same(
        ("registry-members", "registry-ties", "registry-group-rules"), sheet="sheets-members"
    ),
    "registry:add-members": Same(FORM, ("registry-add", "registry-effects-of-add")),
    "registry:membership": Same(
        ("registry-ties",), ("registry-date-membership", "registry-effects-of-date-membership")
    ),
    "registry:remove-member": Same(does=("registry-remove", "registry-effects-of-remove")),
    "registry:add-rule": Same(FORM, ("registry-add-rule", "registry-effects-of-add-rule")),
    "registry:remove-rule": Same(does=("registry-remove-rule", "registry-effects-of-remove-rule")),
}

WORK = {
    "work:issue": Same(("issuing-preview",), ("issuing-issue",)),
    "work:issued": Same(("issuing-terms", "issuing-signed"), sheet="sheets-signed"),
    "work:terms": Same(("issuing-terms",), ("issuing-change",)),
    "work:rules": Same(("issuing-task-rules",), ("issuing-rules",)),
    "work:slip": Same(("issuing-slip",)),
    "work:signing": Same(("issuing-unsigned",), ("issuing-sign",), "sheets-unsigned"),
    "work:step": Same(("issuing-assignments",), ("issuing-steer",)),
    "work:ask": Same(("issuing-terms", "issuing-assignments"), ("periods-ask",)),
    "work:extend": Same(("periods-index",), ("extensions-ask",)),
    "work:extensions": Same(("extensions-index",), sheet="sheets-extensions"),
    "work:extension": Same(("extensions-one",), ("extensions-decide",)),
    "work:adjust": Same(("plans-task", "adjustments-of-task"), ("adjustments-propose",)),
    "work:adjustment": Same(("adjustments-one-wording",), ("adjustments-settle",)),
    "work:working-days": Same(
        ("standing-calendar", "working-days-own"),
        ("working-days-set-days", "working-days-restore", "working-days-settle-one-year"),
    ),
    "work:report": Same(("reports-one", "reports-versions", "reports-parts", "bindings-figures")),
    "work:report-save": Same(does=("reports-save", "reports-open-it", "evidence-add")),
    "work:report-submit": Same(does=("reports-send", "reports-propose")),
    "work:report-quote": Same(does=("reports-quote-one",)),
    "work:report-here": Same(does=Why("who has the form open in a browser now; a program has none open")),
    "work:report-step": Same(
        does=(
            "reports-withdraw",
            "reports-correct",
            "reports-revise",
            "reports-send",
            "reports-approve",
            "reports-accept",
            "reports-send-back",
            "reports-cosign",
            "reports-object-to",
        )
    ),
    "work:no-change": Same(does=("periods-no-change",)),
    "work:accepting": Same(("reports-accepting",), ("reports-accept-at-once",), "sheets-accepting"),
    "work:approving": Same(("reports-approving",), sheet="sheets-approving"),
    "work:collecting": Same(("reports-parts",), sheet="sheets-collecting"),
    "work:evidence": Same(("evidence-index",), ("evidence-add",), "sheets-evidence"),
    "work:evidence-page": Same(
        ("evidence-one", "evidence-versions", "evidence-uses"), ("evidence-replace", "evidence-expire")
    ),
    "work:evidence-file": Same(("evidence-file",)),
    "work:body-setting": Same(("settings-one",), ("settings-change",)),
    "work:sheet": Same(("workbooks-index",), ("workbooks-receive",)),
    "work:sheet-file": Same(("workbooks-take",)),
    "work:sheet-upload": Same(
        ("workbooks-one", "workbooks-changes", "workbooks-faults"), ("workbooks-apply",)
    ),
    "work:sheet-faults": Same(("workbooks-faults-file",)),
    "work:home": Same(MOVES, sheet="sheets-plans"),
    "work:desk": Same(("standing-desk",)),
    "work:desk-list": Same(("standing-waiting",), sheet="sheets-waiting"),
    "work:calendar": Same(("periods-index", "standing-dates"), sheet="sheets-due"),
    "work:burden": Same(("standing-burden",), sheet="sheets-burden"),
    "work:map": Same(("standing-lights", "standing-tasks"), sheet="sheets-map"),
    "work:matrix": Same(("standing-matrix",), sheet="sheets-matrix"),
    "work:task": Same(
        (
            "standing-parts",
            "standing-words",
            "standing-happened",
            "standing-files",
            "periods-index",
            "adjustments-of-task",
            "extensions-asked-for",
            "bindings-targets",
        )
    ),
    "work:body": Same(
        ("standing-tasks-of-body", "periods-index", "standing-people", "evidence-index", "standing-burden"),
        sheet="sheets-body",
    ),
}

SUPERVISION = {
    "supervision:list": Same(("orders-index",), sheet="sheets-orders"),
    "supervision:new": Same(FORM, ("orders-draft",)),
    "supervision:numbering": Same(("orders-numbering",), ("orders-number",)),
    "supervision:of-task": Same(("plans-task", "issuing-assignments", "orders-index"), ("orders-draft",)),
    "supervision:order": Same(("orders-one", "orders-happened")),
    "supervision:edit": Same(("orders-one",), ("orders-revise",)),
    "supervision:step": Same(does=("orders-take",)),
    "supervision:answer": Same(does=("orders-sign", "orders-reply")),
    "supervision:paper": Same(("orders-paper",)),
    "reminders:list": Same(("reminders-index",)),
    "reminders:digest": Same(("reminders-one", "reminders-read")),
    "reminders:settings": Same(("reminders-setting",), ("reminders-change",)),
    "reminders:feed-address": Same(does=("reminders-renew", "reminders-revoke")),
    "reminders:feed": Same(
        Why("the calendar itself, by the secret in its address; as a file: standing-dates")
    ),
    "bulletin:list": Same(("bulletins-index",), sheet="sheets-bulletins"),
    "bulletin:new": Same(FORM, ("bulletins-draft",)),
    "bulletin:bulletin": Same(("bulletins-one", "bulletins-figures")),
    "bulletin:word": Same(("bulletins-word",)),
    "bulletin:figure": Same(("bulletins-rows",), sheet="sheets-rows"),
    "bulletin:edit": Same(("bulletins-one",), ("bulletins-edit",)),
    "bulletin:step": Same(does=("bulletins-take",)),
    "bulletin:practices": Same(
        ("bulletins-possible", "bulletins-practices"), ("bulletins-choose", "bulletins-drop")
    ),
}

ALIGNMENT = {
    "alignment:links": Same(("links-index",), sheet="sheets-links"),
    "alignment:find": Same(does=("links-find",)),
    "alignment:settle-link": Same(does=("links-settle",)),
    "alignment:link-task": Same(("links-possible", "links-index"), ("links-link",)),
    "alignment:comparisons": Same(("comparisons-index",), ("comparisons-compare",)),
    "alignment:comparison": Same(
        ("comparisons-one", "comparisons-clauses", "comparisons-tasks", "comparisons-pairs"),
        sheet="sheets-comparison",
    ),
    "alignment:remove": Same(does=("comparisons-remove",)),
    "alignment:clause": Same(("comparisons-clause", "comparisons-of-clause"), ("comparisons-pair",)),
    "alignment:needless": Same(does=("comparisons-needless", "comparisons-needed")),
    "alignment:settle-pair": Same(does=("comparisons-settle",)),
    "alignment:above": Same(("above-start",)),
    "alignment:region": Same(("above-beneath",), sheet="sheets-above-regions"),
    "alignment:region-plans": Same(("above-plans",), sheet="sheets-above-plans"),
    "alignment:above-plan": Same(("above-tasks",), sheet="sheets-above-tasks"),
    "alignment:above-task": Same(("above-bodies", "above-accepted")),
}

DESTROYING = Why("two people of the office look through a sheet and answer for it by name")
OUTSIDE = Why("for people without an account, by receipt and code; a token stands for an account")
_ENTRY = (
    "registers-entry",
    "registers-history",
    "registers-limits",
    "registers-names",
    "registers-named-by",
    "registers-files",
)
_NAMES = Same(("draws-names",), sheet="sheets-candidate-names")
DRAWS = {
    "draws:draw": Same(
        ("draws-of-entry", "draws-one"),
        ("draws-freeze", "draws-commit", "draws-places", "draws-answer", "draws-open-all", "draws-cancel"),
    ),
    "draws:list": _NAMES,
    "draws:index": Same(("draws-index",), sheet="sheets-draws"),
    "draws:notice": Same(("draws-one",)),
    "draws:names": _NAMES,
    "draws:commitment": Same(("draws-commitment",)),
    "draws:proof": Same(("draws-proof",)),
    "draws:program": Same(Why("a program for everybody to take away; it checks a proof without any server")),
}
REGISTERS = {
    "register:start": Same(("registers-index",)),
    "register:list": Same(("registers-entries", "registers-one"), sheet="sheets-registers"),
    "register:board": Same(("registers-board", "registers-entries")),
    "register:new": Same(("registers-one",), ("registers-begin", "registers-keep")),
    "register:entry": Same(_ENTRY),
    "register:paper": Same(_ENTRY),
    "register:file": Same(("registers-file",)),
    "register:step": Same(("registers-one", "registers-entry"), ("registers-take", "registers-keep-for")),
    "register:privacy": Same(("registers-privacy",)),
    **dict.fromkeys(("register:destruction", "register:destruction-sheet"), Same(DESTROYING, DESTROYING)),
    "register:destruction-sheets": Same(DESTROYING),
    "register:reveal": Same(("registers-corrections",), ("registers-reveal",)),
    "register:correction": Same(does=("registers-correct",)),
    "indicator:list": Same(("indicators-index",), sheet="sheets-indicators"),
    "indicator:one": Same(("indicators-one", "indicators-bodies", "indicators-months", "indicators-entries")),
    "bulk:import": Same(("bulk-offers", "bulk-uploads"), ("bulk-receive",)),
    "bulk:template": Same(("bulk-template",)),
    "bulk:upload": Same(("bulk-upload", "bulk-rows"), ("bulk-confirm", "bulk-drop", "bulk-resume-upload")),
    "bulk:faults": Same(("bulk-faults-file",)),
    "bulk:act": Same(("bulk-steps", "registers-entries"), ("bulk-preview", "bulk-act")),
    "bulk:action": Same(("bulk-action", "bulk-deeds"), ("bulk-resume",)),
    "binding:list": Same(("bindings-index", "bindings-counts", "bindings-one"), sheet="sheets-bindings"),
    "binding:find": Same(does=("bindings-find",)),
    "binding:certain": Same(does=("bindings-certain",)),
    "binding:settle": Same(does=("bindings-settle",)),
    "binding:by-hand": Same(
        ("bindings-possible", "plans-task"),
        ("bindings-bind", "bindings-measure"),
    ),
    **dict.fromkeys(
        (
            "register:filing",
            "register:form",
            "register:receipt",
            "register:receipt-act",
            "register:receipt-again",
            "register:receipt-copy",
            "register:receipt-leave",
            "register:receipt-mine",
            "register:receipt-paper",
        ),
        Same(OUTSIDE, OUTSIDE),
    ),
}

PAGES = {**ACCOUNTS, **PLAN, **REGISTRY, **WORK, **SUPERVISION, **ALIGNMENT, **REGISTERS, **DRAWS}

# Filters of pages that calls take in another way.
OTHERWISE = {
    ("work:calendar", "period"): "`due_from` and `due_to`",
    ("alignment:comparison", "view"): "a call each for clauses, tasks and pairs",
}

# Calls that no page has, and what they are for.
OWN = {
    "audit-checkpoint": "outsiders keep it; people get it by `luoshi audit`",
    "audit-proof": "outsiders check it; people get it by `luoshi audit`",
    "audit-growth": "outsiders check it; people get it by `luoshi audit`",
}
