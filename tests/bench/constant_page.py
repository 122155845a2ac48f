"""The overview with constant data: the very same scripts, with every read answered from a dictionary.

Run by a plain `streamlit run`, so without our routes, middleware and sign-in: what is left is what Streamlit
itself costs for the same texts, pickers, figures and tables.
"""

import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from db import clock  # noqa: E402 -- the tree must be importable first
from db.authorities.scope import NATION  # noqa: E402 -- as above
from db.identity import SignedIn  # noqa: E402 -- as above
from pages.shared import access, reads  # noqa: E402 -- as above
from pages.shared.store import the_store  # noqa: E402 -- as above
from tracking.vocabulary import Role  # noqa: E402 -- as above

LEADER = SignedIn(1, "领导", None, frozenset({Role.LEADERSHIP}), "leadership")


class Constant(reads.Reads):
    """Reads that are made once and looked up ever after."""

    made_once: dict[Any, Any] = {}  # noqa: RUF012 -- one for the whole process, on purpose

    def _keep(self, make: Callable[[], Any], source: Callable[..., Any], *asked: Any) -> Any:
        key = (source.__qualname__, repr(asked))
        if key not in self.made_once:
            self.made_once[key] = make()
        return self.made_once[key]


if not hasattr(reads, "constant"):
    reads.constant = Constant(the_store(), NATION, 0, clock.today())  # type: ignore[attr-defined]  # kept on the module, which outlives a run
    reads.reads_for = lambda by, known_on=None: reads.constant  # type: ignore[attr-defined]  # as above
    access.signed_in = lambda: LEADER

runpy.run_path(str(ROOT / "pages" / "shared" / "entry.py"), run_name="__main__")
