"""What SQLAlchemy compiled, shared by all stores of a test process.

Each test has a store with an engine of its own, and an engine compiles every statement for itself: without this, a
third of the time of the tests goes into compiling the same statements again.
"""

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache

import db.engine

# More than the tests ever ask.
STATEMENTS = 20_000


def share_compiled_statements() -> None:
    """Let every engine opened from now on use the dialect, and so the statements, of the first of its kind."""
    create = db.engine.create_engine
    first: dict[str, Engine] = {}

    def create_sharing(url: str, **given: Any) -> Engine:
        engine: Engine = create(url, **given)
        if engine.name in first:
            _use(engine, first[engine.name])
        else:
            event.listen(engine, "connect", lambda *_: first.setdefault(engine.name, engine), once=True)
            engine._compiled_cache = LRUCache(STATEMENTS)
        return engine

    db.engine.create_engine = create_sharing  # type: ignore[assignment]  # it is only ever given an address as text


def _use(engine: Engine, other: Engine) -> None:
    # A statement is found again by the dialect that it was compiled for.
    engine.dialect = other.dialect
    engine._compiled_cache = other._compiled_cache
