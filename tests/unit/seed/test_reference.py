from collections.abc import Sequence

import pytest
from sqlmodel import col, select

from db.seed import load_reference, reference
from db.seed.files import Line, lines
from db.store import Store
from db.tables import (
    Authority,
    AuthorityParent,
    Indicator,
    KeyArea,
    Measure,
    MeasureAction,
    Notice,
    Passage,
    Safeguard,
)
from tracking.vocabulary import AuthorityKind, TitleSource

OTHER_NOTICE = {
    "notice": {
        "number": "示例〔2030〕1号",
        "title": "另一通知",
        "issued_by": "示例部门",
        "issued_on": "",
    },
    "key_area": {
        "number": "1",
        "title": "另一重点",
        "title_source": "project",
        "checked_on": "",
        "cited": "第一条",
    },
    "measure": {
        "number": "1",
        "key_area": "1",
        "title": "另一措施",
        "short_title": "另一",
        "title_source": "confirmed",
        "area_source": "confirmed",
        "checked_on": "2030-01-02",
        "cited": "第一条",
    },
}


def load(store: Store) -> None:
    with store.write(None) as tx:
        load_reference(tx.session)
        tx.audit("load_reference", tx.session.exec(select(Notice)).first() or Notice())


def test_the_catalogue_and_every_authority_are_loaded_with_their_sources(store: Store) -> None:
    load(store)
    with store.read() as session:
        measures = session.exec(select(Measure)).all()
        authorities = session.exec(select(Authority)).all()
        counts = [len(session.exec(select(table)).all()) for table in (KeyArea, MeasureAction, Safeguard)]
        indicators = session.exec(select(Indicator)).all()
    assert counts == [3, 23, 6]
    assert {measure.number for measure in measures} == set(range(1, 11))
    unchecked = {measure.number for measure in measures if measure.title_source is TitleSource.TO_BE_CHECKED}
    assert unchecked == {2, 5, 6, 10}
    assert {measure.area_source for measure in measures} == {TitleSource.TO_BE_CHECKED}
    assert {indicator.source for indicator in indicators} == {TitleSource.PROJECT}
    assert len(authorities) == 40
    assert sum(authority.reports for authority in authorities) == 37
    assert sum(authority.kind is AuthorityKind.NOT_COVERED for authority in authorities) == 3


def test_the_separate_plan_cities_and_the_xpcc_are_hosted(store: Store) -> None:
    load(store)
    with store.read() as session:
        hosts = session.exec(
            select(Authority.code).join(AuthorityParent, AuthorityParent.parent_id == Authority.id)
        ).all()
    assert sorted(hosts) == ["210000", "330000", "350000", "370000", "440000", "650000"]


def test_loading_again_adds_nothing_and_keeps_what_was_edited(store: Store) -> None:
    load(store)
    with store.write(None) as tx:
        measure = tx.session.exec(select(Measure).where(Measure.number == 2)).one()
        measure.title, measure.title_source = "核对后的标题", TitleSource.CONFIRMED
        tx.audit("edit", measure)
    load(store)
    with store.read() as session:
        measures = session.exec(select(Measure).where(Measure.number == 2)).all()
        authorities = session.exec(select(Authority)).all()
    assert [measure.title for measure in measures] == ["核对后的标题"]
    assert len(authorities) == 40


def test_a_second_notice_loads_beside_the_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    load(store)

    def with_another(name: str) -> Sequence[Line]:
        more = OTHER_NOTICE.get(name)
        return (*lines(name), *([{"notice": "示例〔2030〕1号", **more}] if more else []))

    monkeypatch.setattr(reference, "lines", with_another)
    load(store)
    with store.read() as session:
        notices = session.exec(select(Notice)).all()
        titles = session.exec(select(Measure.title).where(Measure.notice_id == notices[1].id)).all()
    assert len(notices) == 2
    assert list(titles) == ["另一措施"]


def test_a_text_that_is_held_gets_no_articles_again_beside_one_that_is_new(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store)
    with store.read() as session:
        held = session.exec(select(Passage.id)).all()
    more = {
        **OTHER_NOTICE,
        "notice_text": {"source": "project", "cited": "整理"},
        "passage": {"number": "1", "level": "1", "heading": "一、总则", "body": "先做。", "measure": "1"},
    }

    def with_another(name: str) -> Sequence[Line]:
        added = [{"notice": "示例〔2030〕1号", **more[name]}] if name in more else []
        return (*lines(name), *added)

    monkeypatch.setattr(reference, "lines", with_another)
    load(store)
    with store.read() as session:
        (new,) = session.exec(select(Passage).where(col(Passage.id).not_in(held))).all()
        measure = session.get_one(Measure, new.measure_id)
    assert (new.heading, measure.title) == ("一、总则", "另一措施")
