"""The OpenAPI document tells the truth: whatever it allows is answered as it says, and nothing falls over."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette

from db import clock
from db.store import Store
from db.tables import RoleGrant
from tests.support.factories import people
from tests.unit.server.api.conftest import Program, token_of
from tracking.vocabulary import Role

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]

# Thousands of requests, of whose lines each has a test of its own.
pytestmark = pytest.mark.no_cover

# What PostgreSQL refuses and SQLite keeps is soon asked; the rest is the same code.
EXAMPLES = {"sqlite": 8, "postgresql": 3}


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
def test_whatever_is_asked_is_answered_as_the_document_says(
    store: Store, app: Starlette, officer: Program, mode: GenerationMode
):
    """Well-formed requests and malformed ones, for each operation, by somebody who may do all of it."""
    with store.upkeep() as session:
        for role in (Role.SIGNATORY, Role.MEMBER):
            session.add(RoleGrant(officer_id=1, role=role, granted_at=clock.now()))
    headers = {"Authorization": f"Bearer {token_of(store, people().officer)}"}
    schema = schemathesis.openapi.from_dict(officer.get("/openapi.json").json())
    schema.app = app
    asked = 0
    for operation in (found.ok() for found in schema.get_all_operations()):
        asked += 1
        _ask(operation, headers, mode, EXAMPLES[store.engine.name])
    assert asked >= 40


def _ask(operation: Any, headers: dict[str, str], mode: GenerationMode, examples: int) -> None:
    @settings(
        max_examples=examples,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # an operation without anything to ask wrongly


def test_the_document_asks_for_a_token_and_names_no_outside(officer: Program):
    document = officer.get("/openapi.json").json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert all(operation["security"] == [{"HTTPBearer": []}] for operation in operations)
    assert document["servers"] == [{"url": "/api"}]
    assert officer.get("/docs").status_code == 404
