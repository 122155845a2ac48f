"""Briefings from draft to issue: every number comes from a query, nothing that was issued changes."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from sqlmodel import col

from db.authorities.scope import NATION, scope_of
from db.briefings.actions import (
    draft_briefing,
    issue_briefing,
    make_briefing,
    redraft_briefing,
    save_briefing,
    take_briefing,
)
from db.briefings.material import BriefingRequest, drafted
from db.briefings.queries import briefing_sheet, briefings_frame, versions_frame
from db.difficulties.actions import raise_difficulty
from db.figures.queries import cells_frame
from db.figures.summaries import keep_current
from db.ledger.period_tasks import period_task_frame
from db.messages.inbox import messages_frame
from db.reference.queries import measures_frame, units_frame
from db.store import Conflict, NotFound, Store
from db.tables import Account, ReportingPeriod, Task
from db.tasks.queries import task_frame
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    SOUTH,
    TOWN,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
    suspended,
    typed_task,
)
from tests.support.trail import last_event
from tracking.difficulties import DifficultyCause
from tracking.figures import indicators
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube
from tracking.figures.vintages import Vintage
from tracking.messages import Refusal
from tracking.validation import UpdateDraft
from tracking.vocabulary import BriefingKind, BriefingStatus, Language

MARCH, MAY = date(YEAR, 3, 20), date(YEAR, 5, 20)
CIRCULAR = BriefingRequest(BriefingKind.CIRCULAR)
NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(MARCH):
        small_country(store)
        yield


def _working(store: Store) -> list[int]:
    """Fairs ahead of their line, one task that lags far behind, one that begins later, one suspended."""
    tasks = filed_plan(
        store,
        fair_task(),
        typed_task(2),
        typed_task(2, starts_on=date(YEAR, 6, 1)),
        typed_task(3),
        typed_task(3, due_on=date(YEAR, 3, 10)),
    )
    accepted(store, tasks[0], fairs_held(6))
    suspended(store, tasks[3])
    return tasks


def drawn(store: Store, wanted: BriefingRequest = CIRCULAR, period_id: int = FIRST_QUARTER, **more):
    keep_current(store)
    language = more.get("language", Language.ZH_CN)
    return drafted(store, period_id=period_id, wanted=wanted, language=language)


def shown(made) -> dict[str, str]:
    return {name: figure["shown"] for name, figure in made["figures"].items()}


def test_every_number_of_the_text_is_a_figure_or_an_item(store: Store):
    _working(store)
    for kind in (BriefingKind.CIRCULAR, BriefingKind.BRIEF):
        made = drawn(store, BriefingRequest(kind))
        sections = made["content"]["sections"]
        known = set(shown(made).values()) | {"2026", "3", "20", "191"}
        said = set(NUMBER.findall("".join(sections[key] for key in ("opening", "overall", "rows"))))
        assert said <= known
        assert {shown(made)[name] for name in ("tasks", "completion", "expected", "behind_share")} <= said


def test_the_figures_are_those_of_the_queries_at_the_same_instant(store: Store):
    _working(store)
    made = shown(drawn(store))
    cells, units = cells_frame(store, NATION, period_id=FIRST_QUARTER), units_frame(store)
    cube = Cube.of(cells, Axes(units, measures_frame(store, notice_id=1)))
    head = indicators.headline(cube, None)
    assert made["completion"] == f"{head.completion_permille / 10:.1f}%"
    assert made["expected"] == f"{head.expected_permille / 10:.1f}%"
    assert made["tasks"] == str(head.tasks)
    assert made["suspended"] == str(head.suspended) == "1"
    areas = indicators.completion_by_area(cube)
    for area in areas.itertuples():
        assert made[f"row_{area.key_area_number}_tasks"] == str(area.tasks)
        assert made[f"row_{area.key_area_number}_completion"] == f"{area.completion_permille / 10:.1f}%"
    paces = [made[name] for name in ("completed", "ahead", "on_schedule", "behind", "other")]
    assert paces == ["0", "1", "0", "2", "1"]
    assert made[f"behind_{NORTH}"] == "2"


def test_tasks_of_the_running_period_are_those_of_today(store: Store):
    _working(store)
    with at(MARCH, 12):
        now = task_frame(store, NATION, notice_id=1, year=YEAR)
        then = period_task_frame(store, NATION, period_id=FIRST_QUARTER)
    figures = ["task_id", "completion_permille", "expected_permille", "deviation_permille", "starts_on"]
    assert now[figures].to_dict("records") == then[figures].to_dict("records")
    assert [str(light) for light in now["light"]] == [str(light) for light in then["light"]]


def test_laggards_stand_by_unit_and_item_and_in_the_annex(store: Store):
    _working(store)
    made = drawn(store)
    assert made["content"]["sections"]["laggards"].splitlines() == [
        "慢序时任务共2项，涉及1家单位，按单位和序号列出如下。",
        "北省2项：2、5。",
    ]
    behind, timely = made["content"]["annexes"]
    assert [row[:3] for row in behind["rows"]] == [["北省", "2", "任务2"], ["北省", "5", "任务3"]]
    assert timely["rows"] == [["北省", 1, 0, "1"]]
    assert [bar["name"] for bar in made["content"]["bars"]] == ["重点1", "重点2"]


def test_an_item_of_an_authority_below_is_told_by_its_name(store: Store):
    tasks = _working(store)
    with store.engine.begin() as connection:
        connection.execute(update(Task).where(col(Task.id) == tasks[4]).values(authority_id=TOWN))
    assert "北省2项：2、北省一市第5项。" in drawn(store)["content"]["sections"]["laggards"]


def test_where_all_is_late_only_that_is_annexed_and_only_what_is_missing_is_asked_for(store: Store):
    late = filed_plan(store, typed_task(2, due_on=date(YEAR, 3, 10)))
    content = drawn(store)["content"]
    assert [annex["title"] for annex in content["annexes"]] == ["慢序时任务清单"]
    assert "抓紧报送" in content["sections"]["requests"]
    accepted(store, late[0], UpdateDraft(typed_permille=300, progress="已办"))
    assert "抓紧报送" not in drawn(store)["content"]["sections"]["requests"]


def test_a_long_list_is_cut_and_says_so(store: Store, monkeypatch: pytest.MonkeyPatch):
    from tracking.briefings import text as briefing_text

    monkeypatch.setattr(briefing_text, "_ITEMS", 1)
    monkeypatch.setattr(briefing_text, "_ROWS", 1)
    _working(store)
    content = drawn(store)["content"]
    assert "北省2项：2等。" in content["sections"]["laggards"]
    assert (len(content["annexes"][0]["rows"]), content["annexes"][0]["note"]) == (
        1,
        "慢序时任务共2项，其余见台账。",
    )


def test_a_country_without_plans_is_briefed_too(store: Store):
    content = drawn(store)["content"]
    assert content["sections"]["overall"] == "全国目前没有在册任务。"
    assert (content["annexes"], content["bars"]) == ([], [])
    assert content["sections"]["laggards"] == "没有慢序时任务。"


def test_a_unit_is_told_measure_by_measure_and_a_measure_region_by_region(store: Store):
    _working(store)
    unit = drawn(store, BriefingRequest(BriefingKind.UNIT_SHEET, unit_id=NORTH))
    assert (unit["content"]["addressee"], unit["content"]["title"][:7]) == (
        "北省主管部门",
        "北省主管部门2"[:7],
    )
    assert "举措1：任务1项" in unit["content"]["sections"]["rows"]
    measure = drawn(store, BriefingRequest(BriefingKind.MEASURE_SHEET, measure_id=2))
    assert measure["content"]["sections"]["rows"].startswith("华北：任务2项")
    assert "requests" not in measure["content"]["sections"]
    region = drawn(store, BriefingRequest(BriefingKind.BRIEF, region="华北"), language=Language.EN)
    assert region["content"]["title"].startswith("Brief on the implementation in 华北")


def test_the_period_before_is_compared_with_and_the_schedule_too(store: Store):
    tasks = filed_plan(store, fair_task())
    accepted(store, tasks[0], fairs_held(4))
    assert "快于序时" in drawn(store)["content"]["sections"]["overall"]
    assert "比上期" not in drawn(store)["content"]["sections"]["overall"]
    with at(MAY):
        same = drawn(store, period_id=SECOND_QUARTER)["content"]["sections"]["overall"]
        assert "与上期持平" in same
        accepted(store, tasks[0], fairs_held(5), SECOND_QUARTER)
        assert (
            "比上期提高10.0个百分点"
            in drawn(store, period_id=SECOND_QUARTER)["content"]["sections"]["overall"]
        )


def test_open_difficulties_are_counted_by_measure(store: Store):
    tasks = filed_plan(store, typed_task(2))
    update_id = reported(
        store, tasks[0], UpdateDraft(typed_permille=300, progress="已办", difficulties="缺经费")
    )
    raise_difficulty(store, by=people().officer, update_id=update_id, cause=DifficultyCause.OTHER)
    made = drawn(store)
    assert made["content"]["sections"]["difficulties"].endswith("举措2“举措2”1条。\n按原因：其他原因1条。")
    assert made["figures"]["difficulties"]["as_of"].startswith("2026-03-20T")
    assert "已提出困难问题的单位" in made["content"]["sections"]["requests"]


@pytest.mark.parametrize(
    "wanted",
    [
        BriefingRequest(BriefingKind.UNIT_SHEET),
        BriefingRequest(BriefingKind.MEASURE_SHEET),
        BriefingRequest(BriefingKind.UNIT_SHEET, unit_id=99),
        BriefingRequest(BriefingKind.MEASURE_SHEET, measure_id=99),
        BriefingRequest(BriefingKind.CIRCULAR, region="无"),
    ],
)
def test_what_cannot_be_spoken_of_is_refused(store: Store, wanted: BriefingRequest):
    with pytest.raises(Refusal):
        draft_briefing(store, by=people().member, period_id=FIRST_QUARTER, wanted=wanted)


def test_a_period_must_be_there_and_have_begun(store: Store):
    member = people().member
    with pytest.raises(NotFound):
        draft_briefing(store, by=member, period_id=99, wanted=CIRCULAR)
    with pytest.raises(Refusal, match="尚未开始"):
        draft_briefing(store, by=member, period_id=SECOND_QUARTER, wanted=CIRCULAR)


def test_published_figures_are_those_of_the_day_the_period_was_frozen(store: Store):
    tasks = filed_plan(store, fair_task())
    accepted(store, tasks[0], fairs_held(1))
    with store.write(None) as tx:
        period = tx.load(ReportingPeriod, FIRST_QUARTER)
        period.frozen_at = tx.now
        tx.audit("plant", period)
    frame = period_task_frame(store, NATION, period_id=FIRST_QUARTER, vintage=Vintage(published=True))
    made = drawn(store, replace(CIRCULAR, published=True))
    assert frame["completion_permille"].tolist() == [100]
    assert made["figures"]["completion"]["as_of"] == MARCH.isoformat()


def _drafted(store: Store, wanted: BriefingRequest = CIRCULAR) -> int:
    return draft_briefing(store, by=people().member, period_id=FIRST_QUARTER, wanted=wanted)


def _sheet(store: Store, briefing_id: int, by=None, number: int | None = None):
    scope = NATION if by is None else scope_of(store, by)
    return briefing_sheet(store, scope, drafts=by is None, briefing_id=briefing_id, number=number)


def test_every_save_is_a_version_of_its_own_on_the_same_figures(store: Store):
    _working(store)
    briefing_id, member = _drafted(store), people().member
    save_briefing(
        store,
        by=member,
        briefing_id=briefing_id,
        row_version=1,
        title=" 通报 ",
        sections={"opening": "现通报。", "elsewhere": "不在其中"},
    )
    first, second = (_sheet(store, briefing_id, number=number).version for number in (1, 2))
    assert (second.content["title"], second.content["sections"]["opening"]) == ("通报", "现通报。")
    assert second.content["sections"].keys() == first.content["sections"].keys()
    assert second.content["sections"]["overall"] == first.content["sections"]["overall"]
    assert (second.figures, second.as_of_at) == (first.figures, first.as_of_at)
    assert first.content["title"] != "通报"
    assert versions_frame(store, briefing_id=briefing_id)["version"].tolist() == [2, 1]
    with pytest.raises(Conflict):
        save_briefing(store, by=member, briefing_id=briefing_id, row_version=1, title="晚了", sections={})
    with pytest.raises(Refusal) as refused:
        save_briefing(
            store,
            by=member,
            briefing_id=briefing_id,
            row_version=2,
            title="",
            sections={"opening": "长" * 8001},
        )
    assert refused.value.fields == ("title", "opening")


def test_a_draft_is_written_again_from_the_figures_of_now(store: Store):
    briefing_id = _drafted(store)
    _working(store)
    redraft_briefing(store, by=people().member, briefing_id=briefing_id, row_version=1)
    sheet = _sheet(store, briefing_id)
    assert (sheet.version.number, sheet.version.figures["tasks"]["shown"]) == (2, "4")
    assert _sheet(store, briefing_id, number=1).version.figures["tasks"]["shown"] == "0"


def test_what_is_issued_goes_to_the_units_and_never_changes(store: Store):
    cast = people()
    with store.write(None) as tx:
        account = tx.add(Account(officer_id=cast.officer.officer_id, sign_in_name="north", password_hash="x"))
        tx.audit("plant", account)
    briefing_id = _drafted(store)
    with pytest.raises(NotFound):
        _sheet(store, briefing_id, cast.officer)
    with pytest.raises(Conflict):
        issue_briefing(store, by=cast.member, briefing_id=briefing_id, row_version=2)
    issue_briefing(store, by=cast.member, briefing_id=briefing_id, row_version=1)
    assert last_event(store).action == "issue_briefing"
    sheet = _sheet(store, briefing_id, cast.officer)
    assert (sheet.briefing.status, sheet.issuer, sheet.author) == (BriefingStatus.ISSUED, "member", "member")
    (told,) = messages_frame(store, by=cast.officer, unread_only=True).to_dict("records")
    assert (told["message"], told["link"]) == ("notification.briefing_issued", "briefings?briefing=1")
    asked = {"by": cast.member, "briefing_id": briefing_id, "row_version": 1}
    for change, more in (
        (save_briefing, {"title": "改", "sections": {}}),
        (redraft_briefing, {}),
        (issue_briefing, {}),
    ):
        with pytest.raises(Refusal):
            change(store, **asked, **more)
    assert _sheet(store, briefing_id).version.content == sheet.version.content


def test_one_of_a_unit_is_for_that_unit_and_one_of_a_region_for_the_units_there(store: Store):
    cast = people()
    ids = [
        _drafted(store, BriefingRequest(BriefingKind.UNIT_SHEET, unit_id=SOUTH)),
        _drafted(store, BriefingRequest(BriefingKind.BRIEF, region="华北")),
        _drafted(store),
    ]
    for briefing_id in ids:
        issue_briefing(store, by=cast.member, briefing_id=briefing_id, row_version=1)

    def readable(by) -> list[int]:
        return briefings_frame(store, scope_of(store, by), drafts=False, notice_id=1)["briefing_id"].tolist()

    assert readable(cast.officer) == [ids[2], ids[1]]
    assert readable(cast.southerner) == [ids[2], ids[1], ids[0]]
    assert readable(cast.leader) == [ids[2], ids[1], ids[0]]
    assert readable(cast.administrator) == []
    found = briefings_frame(store, NATION, drafts=True, notice_id=1, kind=BriefingKind.UNIT_SHEET)
    assert found["unit_name"].tolist() == ["南市"]
    with pytest.raises(NotFound):
        take_briefing(store, by=cast.officer, briefing_id=ids[0])


def test_an_earlier_version_is_for_those_who_write_them(store: Store):
    cast, briefing_id = people(), _drafted(store)
    save_briefing(store, by=cast.member, briefing_id=briefing_id, row_version=1, title="改", sections={})
    issue_briefing(store, by=cast.member, briefing_id=briefing_id, row_version=2)
    assert take_briefing(store, by=cast.member, briefing_id=briefing_id, number=1).version.number == 1
    assert take_briefing(store, by=cast.leader, briefing_id=briefing_id, number=1).version.number == 2
    assert last_event(store).action == "take_briefing"
    with pytest.raises(NotFound):
        _sheet(store, briefing_id, number=9)


def test_the_command_line_makes_one_that_is_kept_nowhere(store: Store):
    made = make_briefing(store, by=None, period_id=FIRST_QUARTER, wanted=CIRCULAR, language=Language.ZH_CN)
    assert made["content"]["title"].startswith("关于全国2026年第一季度")
    assert last_event(store).action == "make_briefing"
    assert briefings_frame(store, NATION, drafts=True, notice_id=1).empty
