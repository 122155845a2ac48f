"""A second notice beside the sample's, invented and said to be: three measures, twelve units of three kinds, plans and reports.

Its measures ask for the indicators of three of the first notice, so that the same tasks can be told under it.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, SQLModel, select

from db.seed.build import Build
from db.seed.catalogue import Catalogue, CataloguedMeasure, catalogued
from db.seed.days import winds_up, year_of
from db.seed.draws import Deck, draws
from db.seed.files import Line, lines, listed
from db.seed.officers import Staff
from db.seed.periods import add_periods
from db.seed.plans import add_plan
from db.seed.reports import PAST, PRESENT, Reports
from db.seed.stories import THIS_YEAR, YEAR_END
from db.tables import Indicator, IndicatorShare, KeyArea, Measure, Notice, NoticeAuthority
from tracking.vocabulary import TitleSource

# Nothing is said of the day of issue: the pages go on opening with the first notice, which is newer then.
NUMBER, ISSUED_BY = "示例〔{year}〕1号", "示例工作组（虚构）"
TITLE = "关于帮助中小企业开拓国际市场的通知（示例，虚构）"
AREA = "开拓国际市场（示例）"
OURS: dict[str, Any] = {"title_source": TitleSource.PROJECT, "cited": "虚构的示例通知，并无原文"}
# The measure of the first notice, and the number of its indicator, that is one answer in both; it stands last.
SHARED = (7, 2)
LAST = 9
TASKS = 3
# What an indicator says, and its copy under the second notice too.
_COPIED = ("name", "unit", "additive", "headline", "source", "kind", "currency")


@dataclass(frozen=True)
class SecondNotice:
    """What is built under it, and the codes of the units it addresses."""

    build: Build
    addressed: frozenset[str]

    def add_unit(self, staff: Staff) -> None:
        """Put a unit on the list, with a plan of the year and its reports, if the notice addresses it."""
        build, authority = self.build, staff.authority
        if authority.code not in self.addressed:
            return
        since, notice_id = year_of(build.year).first, build.catalogue.notice_id
        build.rows.add(NoticeAuthority, notice_id=notice_id, authority_id=authority.id, starts_on=since)
        profile = replace(authority.profile, tasks_current=TASKS, gaps=frozenset())
        told, draw = (
            replace(staff, authority=replace(authority, profile=profile)),
            draws("second", authority.code),
        )
        fates = Deck(draw, YEAR_END if winds_up(build.today) else THIS_YEAR)
        past, present = Deck(draw, PAST), Deck(draw, PRESENT["in_review"])
        for task in add_plan(build, told, build.year, fates, "filed").tasks:
            Reports(build, draw, task).add(past, present)


def second_notice(session: Session, build: Build) -> SecondNotice:
    """Add the notice with its measures and the periods of the year in hand."""
    number = NUMBER.format(year=build.year)
    notice = _kept(session, Notice(number=number, title=TITLE, issued_by=ISSUED_BY))
    area = _kept(session, KeyArea(notice_id=notice.id, number=1, title=AREA, **OURS))
    told = list(enumerate(lines("sample_notice"), 1))
    measures = {int(line["measure"]): _measure(session, build, area, nth, line) for nth, line in told}
    addressed = frozenset(code for _, line in told for code in listed(line["addressed"]))
    periods = add_periods(build.rows, notice.id, [build.year], "half_year", build.today)
    catalogue = Catalogue(notice.id, measures, build.catalogue.tags)
    return SecondNotice(replace(build, catalogue=catalogue, periods=periods, hosted={}), addressed)


def _measure(session: Session, build: Build, area: Any, number: int, line: Line) -> CataloguedMeasure:
    """A measure with copies of the indicators of the one it is like, by whose number the tasks know it."""
    said: dict[str, Any] = {name: line[name] for name in ("title", "short_title")}
    row = Measure(notice_id=area.notice_id, key_area_id=area.id, number=number, **said, **OURS)
    row.area_source = TitleSource.PROJECT
    _kept(session, row)
    alike = build.catalogue.measures[int(line["measure"])]
    for one in session.exec(select(Indicator).where(Indicator.measure_id == alike.id)).all():
        _copy(session, one, row.id, one.number)
    if number == 1:
        _share(session, build, row.id)
    return replace(catalogued(session, row), number=alike.number)


def _share(session: Session, build: Build, measure_id: int) -> None:
    """Ask under a measure for what the first notice asks for, as one answer."""
    measure, number = SHARED
    one = session.get_one(Indicator, build.catalogue.measures[measure].indicators[number].id)
    copy = _copy(session, one, measure_id, LAST)
    _kept(session, IndicatorShare(indicator_id=copy.id, from_on=year_of(build.year).first, same_as_id=one.id))


def _copy(session: Session, one: Indicator, measure_id: int, number: int) -> Any:
    said: dict[str, Any] = {name: getattr(one, name) for name in _COPIED}
    return _kept(session, Indicator(measure_id=measure_id, number=number, **said))


def _kept(session: Session, row: SQLModel) -> Any:
    session.add(row)
    session.flush()
    return row
