"""A figure of the working group over the API: supplied, contested with a proof, replaced; the same refusals as on the pages."""

from tests.support.factories import NORTH
from tests.unit.server.api.conftest import Program
from tests.unit.server.api.test_writes import codes

FIGURE = {"indicator_id": 1, "authority_id": NORTH, "period_id": 1, "value": "5", "source": "海关统计"}
WAY = "/supplied-figures"


def test_a_figure_goes_its_whole_way(officer: Program, member: Program):
    assert codes(officer.ask("POST", WAY, json=FIGURE)) == [("", "permission.right_missing")]
    made = member.ask("POST", WAY, json=FIGURE)
    assert made.status_code == 201
    path = f"{WAY}/{made.json()['figure_id']}"
    contest = f"{path}/contest-with-proof?name=a.pdf&reason=four"
    assert officer.ask("POST", contest, content=b"%PDF-1.7").status_code == 200
    assert officer.get(f"{path}/proof").content == b"%PDF-1.7"
    ruling = {"decision": "replace", "ruling": "属实", "value": "4"}
    assert member.ask("POST", f"{path}/rule", json=ruling).status_code == 200
    found = {row["status"]: row["value"] for row in member.rows(WAY)}
    assert {status: float(value) for status, value in found.items()} == {"supplied": 4, "replaced": 5}
