"""The text of a notice: entered by version, linked to measures, marked as checked."""

from datetime import date

import pytest

from db.reference import texts
from db.reference.passages import notice_texts_frame, passage_of_measure, passages_frame
from db.store import Store
from db.tables import KeyArea, Measure, Notice, NoticeText
from tests.support.factories import YEAR, at, people, small_country
from tests.support.trail import last_event, refusal_of, row
from tracking.vocabulary import TitleSource

TODAY = date(YEAR, 3, 20)
BY = people().administrator
TEXT = "一、总则\n（一）举措1。先做。\n（二）举措2\n说明"


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def _enter(store, text=TEXT, cited="通知印发件", notice_id=1):
    return texts.enter_text(store, by=BY, notice_id=notice_id, text=text, cited=cited)


def test_a_text_is_divided_into_articles_and_linked_to_the_measures_it_names(store):
    key = _enter(store)
    frame = passages_frame(store, text_id=key)
    assert list(frame["heading"]) == ["一、总则", "（一）举措1。", "（二）举措2"]
    assert frame["measure_id"].fillna(0).tolist() == [0, 1, 2]
    assert last_event(store).detail == {"version": 1, "articles": 3, "linked": 2}


def test_every_entry_is_a_version_and_a_measure_leads_to_the_newest_that_names_it(store):
    first = _enter(store)
    second = _enter(store, "（一）举措1的新文字")
    assert list(notice_texts_frame(store, notice_id=1)["version"]) == [2, 1]
    newest, before = (passages_frame(store, text_id=key) for key in (second, first))
    assert passage_of_measure(store, measure_id=1) == newest["passage_id"][0]
    assert passage_of_measure(store, measure_id=2) == before["passage_id"][2]
    assert passage_of_measure(store, measure_id=3) is None


def test_a_file_is_entered_as_its_text(store):
    key = texts.enter_text_file(store, by=BY, notice_id=1, content=TEXT.encode(), cited="通知印发件")
    assert len(passages_frame(store, text_id=key)) == 3


@pytest.mark.parametrize(("asked", "field"), [({"text": " "}, "text"), ({"cited": ""}, "cited")])
def test_a_text_without_words_or_source_is_refused_at_its_field(store, asked, field):
    assert refusal_of(_enter, store, **asked).fields == (field,)
    content = asked.get("text", TEXT).encode()
    cited = asked.get("cited", "通知")
    refused = refusal_of(texts.enter_text_file, store, by=BY, notice_id=1, content=content, cited=cited)
    assert refused.fields == (field,)


def test_an_article_is_linked_by_hand_to_a_measure_of_its_own_notice(store):
    _enter(store)
    for measure_id in (3, None):
        texts.link_passage(store, by=BY, passage_id=1, measure_id=measure_id)
        assert passages_frame(store, text_id=1)["measure_id"].fillna(0)[0] == (measure_id or 0)
    with store.write(None) as tx:
        project = TitleSource.PROJECT
        notice = tx.add(Notice(number="200", title="另一通知", issued_by="部"))
        area = tx.add(KeyArea(notice_id=notice.id, number=1, title="重点", title_source=project))
        sources = {"title_source": project, "area_source": project}
        words = {"number": 1, "title": "另一举措", "short_title": "另一"}
        other = tx.add(Measure(notice_id=notice.id, key_area_id=area.id, **sources, **words)).id
        tx.audit("plant", notice)
    refused = refusal_of(texts.link_passage, store, by=BY, passage_id=1, measure_id=other)
    assert refused.fields == ("measure_id",)


def test_the_original_is_marked_as_checked_and_a_summary_is_not(store):
    key = _enter(store)
    texts.confirm_text(store, by=BY, text_id=key, checked_on=TODAY)
    assert row(store, NoticeText, key).source is TitleSource.CONFIRMED
    with store.write(None) as tx:
        tx.load(NoticeText, key).is_summary = True
        tx.audit("plant", tx.load(NoticeText, key))
    refused = refusal_of(texts.confirm_text, store, by=BY, text_id=key, checked_on=TODAY)
    assert refused.messages[0].key == "articles.summary"
