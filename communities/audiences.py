"""Groups of roles that the access table's rows are made of (domain, section 5)."""

from people.access import Role

BELONGS = frozenset(Role) - {Role.SIGNED_OUT, Role.STRANGER, Role.ELSEWHERE, Role.LEFT}
DECIDES = frozenset({Role.TOP_THREE, Role.CARETAKER})
ACTIVE_MEMBERS = DECIDES | {Role.ACTIVE, Role.ALTERNATE, Role.TERM_ENDED}
STAFF = frozenset({Role.STAFF})
HAS_WRITTEN = BELONGS - {Role.PROSPECTIVE, Role.STAFF}
