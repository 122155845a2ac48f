"""The switch between what a member looks after and everything, kept in the address."""

from dataclasses import replace

from db.identity import SignedIn
from db.remits.queries import minding
from db.store import Store
from pages.shared.filters import switch
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking.permissions import Scope


def narrowed_reads(by: SignedIn, reads: Reads) -> Reads:
    """The reads as the switch says; nothing is drawn where there is nothing to choose between."""
    scope = reads.scoped(_minding, by=by)
    if scope == reads.scope:
        return reads
    whose = switch("whose", {name: translate(f"remit.whose_{name}") for name in ("mine", "all")})
    return replace(reads, scope=scope) if whose == "mine" else reads


def _minding(store: Store, scope: Scope, *, by: SignedIn) -> Scope:
    return minding(store, by, scope)
