"""A file made beside the server is the one made in it, and so is every refusal."""

import pytest

from db.store import Store
from server.growing import GrowingResponse
from tests.unit.server.conftest import Browser

ADDRESSES = (
    "/ledger.csv?period=1",
    "/registers.xlsx?notice=1",
    "/changes.docx?notice=1&since=2026-01-05&until=2026-01-06",
    "/changes.pdf?notice=1&since=2026-01-05&until=2026-01-06",
    "/ledger-form.xlsx?period=1",
    "/plan-form.xlsx?revision=1",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_the_same_file(store: Store, officer: Browser, address: str):
    here = officer.get(address)
    store.settings.work_beside = True
    beside = officer.get(address)
    assert beside.status_code == here.status_code
    names = ("content-disposition", "content-type", "cache-control")
    assert [beside.headers.get(name) for name in names] == [here.headers.get(name) for name in names]
    if address.endswith(".csv"):
        assert beside.content == here.content
    assert beside.content[:2] == here.content[:2]


def test_a_refusal_is_told_as_ever(store: Store, officer: Browser):
    store.settings.work_beside = True
    assert officer.get("/ledger.csv?period=999").status_code == 404
    assert officer.get("/everything.zip").status_code == 403


def test_what_nobody_fetches_any_more_is_ended():
    ended: list[bool] = []

    def parts():
        try:
            yield b"1"
            yield b"2"
        finally:
            ended.append(True)

    answer = GrowingResponse(parts(), {})
    answer._left = True
    answer.write_all()
    assert ended == [True]
