"""The briefings' page: who drafts, who reads what, that two editors lose nothing, and what issuing changes."""

from db.authorities.scope import NATION
from db.briefings.actions import save_briefing
from db.briefings.queries import briefing_sheet, briefings_frame
from db.store import Store
from tests.app.acting import button, confirmed, press, words
from tests.app.conftest import Open
from tests.app.looping import field, person, typed
from tests.support.trail import last_event
from tracking.vocabulary import BriefingKind, BriefingStatus


def briefings(sample: Store, **where):
    return briefings_frame(sample, NATION, drafts=True, notice_id=1, **where)


def the_draft(sample: Store) -> int:
    return int(briefings(sample, status=BriefingStatus.DRAFT)["briefing_id"].iloc[0])


def kept(sample: Store, briefing_id: int):
    return briefing_sheet(sample, NATION, drafts=True, briefing_id=briefing_id)


def test_a_member_sees_drafts_and_everybody_what_is_issued(open_page: Open, sample: Store):
    seen = open_page("briefings", "member")
    assert "已印发通报简报 2 份" in words(seen)
    assert "另有草稿 1 份" in words(seen)
    assert len(seen.main.dataframe[0].value) == 3
    for reader in ("leadership", "zhejiang.officer"):
        seen = open_page("briefings", reader)
        assert set(seen.main.dataframe[0].value["briefing_state"]) == {"已印发"}
        assert "草稿" not in words(seen)
    ningbo = open_page("briefings", "ningbo.officer")
    assert ningbo.main.dataframe[0].value["briefing_place"].tolist() == ["全国"]


def test_the_list_is_narrowed_by_the_address(open_page: Open):
    seen = open_page("briefings", "member", briefing_kind="circular", state="draft")
    assert "没有符合条件的通报简报" in words(seen)


def test_a_member_drafts_a_sheet_of_a_unit(open_page: Open, sample: Store):
    seen = open_page("briefings", "member")
    seen = field(seen, "种类").set_value(BriefingKind.UNIT_SHEET).run()
    press(seen, "起草")
    assert last_event(sample).action == "draft_briefing"
    newest = briefings(sample).iloc[0]
    assert (newest["kind"], newest["version"]) == (BriefingKind.UNIT_SHEET, 1)


def test_a_sheet_of_a_measure_and_published_figures_are_offered(open_page: Open, sample: Store):
    seen = open_page("briefings", "member")
    seen = field(seen, "种类").set_value(BriefingKind.MEASURE_SHEET).run()
    period = seen.main.expander[0].selectbox[1]
    seen = period.select(period.options[-1]).run()
    seen = field(seen, "数据口径").set_value("official").run()
    press(seen, "起草")
    newest = kept(sample, int(briefings(sample)["briefing_id"].iloc[0])).briefing
    assert (newest.kind, newest.published, newest.measure_id is None) == (
        BriefingKind.MEASURE_SHEET,
        True,
        False,
    )


def test_the_text_is_edited_beside_its_figures(open_page: Open, sample: Store):
    briefing_id = the_draft(sample)
    seen = open_page("briefings", "member", briefing=str(briefing_id))
    figures = seen.main.dataframe[-2].value
    assert len(figures) == len(kept(sample, briefing_id).version.figures)
    seen = typed(seen, "标题", "")
    seen = press(seen, "保存草稿")
    assert "标题" in words(seen)
    seen = typed(seen, "标题", "华东简报 <b>*</b>")
    press(seen, "保存草稿")
    version = kept(sample, briefing_id).version
    assert (version.number, version.content["title"]) == (2, "华东简报 <b>*</b>")
    earlier = open_page("briefings", "member", briefing=str(briefing_id), version="1")
    assert [found.label for found in earlier.main.button] == []
    assert "第 1 稿" in words(earlier)


def test_two_editors_lose_nothing(open_page: Open, sample: Store):
    briefing_id, member = the_draft(sample), person(sample, "member")
    seen = typed(open_page("briefings", "member", briefing=str(briefing_id)), "标题", "我的标题")
    save_briefing(sample, by=member, briefing_id=briefing_id, row_version=1, title="别人的标题", sections={})
    seen = press(seen, "保存草稿")
    assert "有人在您打开之后保存过这份草稿" in "".join(str(one.value) for one in seen.main.warning)
    assert "别人的标题" in words(seen)
    seen = press(seen, "用我的内容覆盖") if _offers(seen, "用我的内容覆盖") else seen
    assert kept(sample, briefing_id).version.content["title"] == "别人的标题"


def _offers(seen, label: str) -> bool:
    return label in [found.label for found in seen.main.button]


def test_what_is_issued_is_read_and_not_edited(open_page: Open, sample: Store):
    briefing_id = the_draft(sample)
    seen = open_page("briefings", "member", briefing=str(briefing_id))
    seen = confirmed(seen, "印发")
    assert kept(sample, briefing_id).briefing.status is BriefingStatus.ISSUED
    assert not _offers(seen, "保存草稿")
    read = open_page("briefings", "zhejiang.officer", briefing=str(briefing_id))
    assert "内容不再改动" in words(read)
    assert "历次稿件" not in [found.value for found in read.main.header]
    annexes = kept(sample, briefing_id).version.content["annexes"]
    assert [len(found.value) for found in read.main.dataframe][:-1] == [
        len(annex["rows"]) for annex in annexes
    ]
    links = [link.proto.url for link in read.main.get("link_button")]
    assert links == [f"/briefing.{ending}?briefing={briefing_id}&number=1" for ending in ("docx", "pdf")]


def test_a_draft_is_written_again_from_the_newest_figures(open_page: Open, sample: Store):
    briefing_id = the_draft(sample)
    confirmed(open_page("briefings", "member", briefing=str(briefing_id)), "按最新数据重新起草")
    assert kept(sample, briefing_id).version.number == 2
    assert button(open_page("briefings", "member", briefing=str(briefing_id)), "保存草稿")


def test_a_draft_and_what_is_another_units_are_not_there(open_page: Open, sample: Store):
    sheet = int(briefings(sample, kind=BriefingKind.UNIT_SHEET)["briefing_id"].iloc[0])
    for reader, briefing_id in (("leadership", the_draft(sample)), ("ningbo.officer", sheet)):
        seen = open_page("briefings", reader, briefing=str(briefing_id))
        assert [error.message for error in seen.exception] == []
        assert "返回列表" in "".join(found.proto.label for found in seen.main.get("page_link"))
