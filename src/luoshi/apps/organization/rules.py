"""Who may do what, as predicates. A permission that neither this nor an app's own `rules` has is refused."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from rules.permissions import add_perm
from rules.predicates import Predicate

from luoshi.apps.organization.models import Administrator, Role
from luoshi.apps.organization.queries.tree import regions_above

Visitor = AbstractBaseUser | AnonymousUser


def roles_of(user: Visitor) -> list[Role]:
    """The roles of `user`, read once a request and kept on the user object."""
    if not user.is_authenticated:
        return []
    kept: list[Role] | None = getattr(user, "_roles", None)
    if kept is None:
        kept = list(Role.objects.filter(user_id=user.pk).select_related("region", "body"))
        setattr(user, "_roles", kept)  # noqa: B010 (no such field: it lives as long as the request)
    return kept


def regions_of(user: Visitor) -> list[str]:
    """Codes of the regions in which `user` has any role, in order."""
    return sorted({role.region_id for role in roles_of(user)})


def regions_with(user: Visitor, *names: str) -> frozenset[str]:
    """Codes of the regions for which, as a whole, `user` holds one of these roles."""
    return frozenset(r.region_id for r in roles_of(user) if r.name in names and r.body_id is None)


def bodies_with(user: Visitor, *names: str) -> frozenset[int]:
    """Keys of the bodies for which `user` holds one of these roles."""
    return frozenset(r.body_id for r in roles_of(user) if r.name in names and r.body_id is not None)


def _holds(user: Visitor, name: str, thing: object) -> bool:
    """Whether `user` has the role in the region of `thing`, and where the role is a body's, for its body.

    A thing tells its region by `region_id` and the body it concerns by `body_id`. Without a thing any role
    of the name will do: that opens the page, and the page checks the thing.
    """
    region, body = getattr(thing, "region_id", None), getattr(thing, "body_id", None)
    return any(
        role.name == name
        and (region is None or role.region_id == region)
        and (role.body_id is None or body is None or role.body_id == body)
        for role in roles_of(user)
    )


def _looks_down(user: Visitor, thing: object = None) -> bool:
    """Whether `user` is of the office or a viewer of a region above that of `thing`; of any, without a thing.

    Being above is no role below: only the pages that roll regions up ask for this.
    """
    held = regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)
    if thing is None or not held:
        return bool(held)
    return bool(held & set(regions_above(str(getattr(thing, "region_id", "")))))


def administers(user: Visitor) -> str:
    """Which of the three administrators `user` is; empty for everybody else. Read once a request.

    Whoever holds a role is none of them, whatever the database may say.
    """
    if not user.is_authenticated or roles_of(user):
        return ""
    kept: str | None = getattr(user, "_administers", None)
    if kept is None:
        kept = Administrator.objects.filter(user_id=user.pk).values_list("kind", flat=True).first() or ""
        setattr(user, "_administers", kept)  # noqa: B010 (as above)
    return kept


def _administrator(kind: str) -> Predicate:
    return Predicate(lambda user, thing=None: administers(user) == kind, f"is_{kind}_administrator")


def _role(name: str) -> Predicate:
    return Predicate(lambda user, thing=None: _holds(user, name, thing), f"is_{name}")


is_office = _role(Role.Name.OFFICE)
is_viewer = _role(Role.Name.VIEWER)
is_liaison = _role(Role.Name.LIAISON)
is_head = _role(Role.Name.HEAD)
is_reviewer = _role(Role.Name.REVIEWER)
is_system_administrator = _administrator(Administrator.Kind.SYSTEM)
is_security_administrator = _administrator(Administrator.Kind.SECURITY)
is_audit_administrator = _administrator(Administrator.Kind.AUDIT)
is_member = is_liaison | is_head
is_above = Predicate(_looks_down, "is_above")
is_signed_in = Predicate(lambda user, thing=None: bool(user.is_authenticated), "is_signed_in")

add_perm("plan.view", is_office | is_viewer | is_member)
add_perm("plan.import", is_office)
add_perm("plan.edit", is_office)
add_perm("plan.confirm", is_office)
add_perm("document.download", is_office | is_viewer | is_member)
add_perm("organization.view", is_office | is_viewer | is_member)
add_perm("organization.edit", is_office)

# One's own account, and what the three administrators do; none of them sees a plan.
add_perm("account.own", is_signed_in)
add_perm("accounts.view", is_system_administrator | is_security_administrator)
add_perm("accounts.manage", is_system_administrator)
add_perm("accounts.authorize", is_security_administrator)
add_perm("region.name", is_system_administrator)
add_perm("health.view", is_system_administrator)
add_perm("audit.read", is_audit_administrator)
