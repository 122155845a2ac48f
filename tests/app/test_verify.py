"""The page that verifies an attestation: yes, no with the figure named, mistyped, and nothing for strangers."""

from db.attestations.actions import attest_plan
from db.authorities.scope import NATION
from db.plans.queries import plans_frame
from db.store import Store
from db.tables import TaskRevision
from tests.app.acting import words
from tests.app.conftest import Open
from tests.app.looping import period_of, person
from tests.support.trail import rows
from tracking.attestations.code import shown_code
from tracking.vocabulary import PeriodStatus


def filed_page(sample: Store):
    """A page of Zhejiang's plan of this year."""
    by = person(sample, "zhejiang.officer")
    plans = plans_frame(sample, NATION, notice_id=1)
    own = plans[(plans["authority_id"] == by.authority_id) & (plans["status"] == "filed")]
    return attest_plan(sample, by=by, revision_id=int(own["revision_id"].iloc[0]))


def test_a_code_says_yes_then_no_with_the_figure_named(open_page: Open, sample: Store):
    page = filed_page(sample)
    typed = shown_code(page.code).lower().replace("0", "o")
    seen = open_page("verify", "member", code=typed)
    assert [found.value for found in seen.main.success] == ["**纸质与数据一致。**"]
    assert "打印" in words(seen)
    with sample.write(None) as tx:
        first = rows(sample, TaskRevision, plan_revision_id=page.revision_id)[0]
        task = tx.load(TaskRevision, first.id)
        task.weight_tenths += 5
        tx.audit("plant", task)
    seen = open_page("verify", "zhejiang.signatory", code=typed)
    assert "有 1 处不同" in seen.main.error[0].value
    (row,) = seen.main.dataframe[0].value.to_dict("records")
    assert row["differing_field"] == "权重"
    assert float(row["in_store"]) == float(row["on_paper"]) + 0.5


def test_what_cannot_be_answered_says_why(open_page: Open, sample: Store):
    page = filed_page(sample)
    code = shown_code(page.code)
    asked = open_page("verify", "member")
    assert "10 位" in words(asked)
    wrong = "Z" if code[0] != "Z" else "Y"
    for typed, reader, said in (
        (wrong + code[1:], "member", "有一位输错"),
        ("ABC", "member", "共 10 位"),
        ("00000-00000", "member", "查无此码"),
        (code, "ningbo.officer", "查无此码"),
    ):
        seen = open_page("verify", reader, code=typed)
        shown = [*seen.main.error, *seen.main.warning]
        assert said in shown[0].value, typed


def test_the_page_is_offered_where_something_can_be_signed(open_page: Open, sample: Store):
    closed = str(period_of(sample, PeriodStatus.CLOSED))
    for name, query in (("work_plan", {}), ("report", {"period": closed})):
        links = [
            found.proto.url for found in open_page(name, "zhejiang.officer", **query).main.get("link_button")
        ]
        assert [url for url in links if url.startswith("/sign-off-page.docx?")], name
    assert not open_page("work_plan", "member").main.get("link_button")
