"""Loading the notice's catalogue and the list of authorities from `sample_data/`.

What a store holds already is left alone: administrators edit it. A second notice is more lines of the same
files.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel, select

from db import clock
from db.hierarchy.founding_actions import found
from db.seed.files import Line, day, lines, number, yes
from db.seed.register_book import add_registers_of
from db.store import Store
from db.tables import (
    Authority,
    AuthorityParent,
    Indicator,
    IndicatorLevel,
    KeyArea,
    Measure,
    MeasureAction,
    Notice,
    NoticeFact,
    NoticeText,
    Passage,
    Register,
    Safeguard,
)
from tracking.founding import NO_REGION, Founding
from tracking.messages import Refusal
from tracking.vocabulary import (
    AuthorityKind,
    Currency,
    IndicatorKind,
    NoticeFactKey,
    Relation,
    ResultLevel,
    TitleSource,
)

# The separate-plan cities and the XPCC were under their hosts long before anything is recorded here.
RECORDED_FROM = date(2017, 1, 1)

# The version under which a summary is shipped.
SUMMARY = 1
# The ground that the trail gives for them.
_LISTED = "随附单位名录"

Keys = dict[tuple[Any, ...], int]


@dataclass(frozen=True, slots=True)
class Begun:
    """What became of the shipped list of authorities: founded today, left as they stand, and refused with the reason."""

    founded: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    refused: tuple[tuple[str, Refusal], ...] = ()


def begin_reference(store: Store) -> Begun:
    """Load the catalogue into a store that holds no notice yet; into any other the registers and authorities it lacks.

    What stands under the code of a line of the list stays as it is, whatever the line says.
    """
    with store.read() as session:
        begun = session.exec(select(Notice)).first() is not None
        lacking = _lacking(session)
        known = {row.code: row for row in session.exec(select(Authority))}
    if not begun or lacking:
        _load(store, begun=begun)
    if not begun:
        return Begun()
    left = tuple(line["code"] for line in lines("authority") if _differs(line, known.get(line["code"])))
    missing = [line for line in lines("authority") if line["code"] not in known]
    return replace(_founded(store, missing), left=left) if missing else Begun(left=left)


def _load(store: Store, *, begun: bool) -> None:
    with store.write(None) as tx:
        if not begun:
            load_reference(tx.session)
        for notice in tx.session.exec(select(Notice)):
            if add_registers_of(tx.session, notice) or not begun:
                tx.audit("load_reference", notice)


def _lacking(session: Session) -> bool:
    """Whether a notice of the store lacks a register."""
    rows = session.exec(select(Notice.number, Register.key).join(Register))
    held, numbers = set(rows), set(session.exec(select(Notice.number)))
    return any(
        line["notice"] in numbers and (line["notice"], line["key"]) not in held for line in lines("register")
    )


def _founded(store: Store, missing: Iterable[Line]) -> Begun:
    founded, refused = list[str](), list[tuple[str, Refusal]]()
    with store.write(None) as tx:
        hosts = {row.code: row.id for row in tx.session.exec(select(Authority))}
        for line in missing:
            try:
                with tx.session.begin_nested():
                    found(tx, _founding(line), tx.today, _LISTED, hosts.get(line["host_code"]))
                founded.append(line["name"])
            except Refusal as reason:
                refused.append((line["name"], reason))
        for notice in tx.session.exec(select(Notice)):
            tx.audit("load_reference", notice, founded=founded)
    return Begun(tuple(founded), refused=tuple(refused))


def _founding(line: Line) -> Founding:
    return Founding(
        code=line["code"],
        name=line["name"],
        short_name=line["short_name"],
        kind=AuthorityKind(line["kind"]),
        region_seven=line["region_seven"] or NO_REGION,
        region_four=line["region_four"] or NO_REGION,
        official_order=number(line["official_order"]),
        tile_row=number(line["tile_row"]),
        tile_col=number(line["tile_col"]),
    )


def _differs(line: Line, known: Authority | None) -> bool:
    """Whether what stands under the code is named otherwise, or another kind."""
    if known is None:
        return False
    return any(line[name] != str(getattr(known, name)) for name in ("name", "short_name", "kind"))


def load_reference(session: Session) -> None:
    """Add any notices, catalogue entries and authorities that the store lacks."""
    notices = _added(session, Notice, _notices(), "number")
    _added(session, NoticeFact, _facts(notices), "notice_id", "key")
    areas = _added(session, KeyArea, _key_areas(notices), "notice_id", "number")
    measures = _added(session, Measure, _measures(notices, areas), "notice_id", "number")
    of_measure = {
        (line["notice"], line["number"]): measures[notices[line["notice"],], int(line["number"])]
        for line in lines("measure")
    }
    _added(session, MeasureAction, _actions(of_measure), "measure_id", "number")
    indicators = _added(session, Indicator, _indicators(of_measure), "measure_id", "number")
    _added(session, IndicatorLevel, _levels(of_measure, indicators), "indicator_id", "from_on")
    _added(session, Safeguard, _safeguards(notices), "notice_id", "key")
    for notice in session.exec(select(Notice)):
        add_registers_of(session, notice)
    texts = _added(session, NoticeText, _texts(notices), "notice_id", "version")
    _added(session, Passage, _passages(notices, texts, of_measure), "text_id", "number")
    authorities = _added(session, Authority, _authorities(), "code")
    _added(session, AuthorityParent, _hosts(authorities), "authority_id", "relation")


def _added(session: Session, table: type[SQLModel], rows: Iterable[SQLModel], *natural_key: str) -> Keys:
    """Natural key → id of every row of the table, after adding the missing rows."""

    def key_of(row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, column) for column in natural_key)

    known: dict[tuple[Any, ...], Any] = {key_of(row): row for row in session.exec(select(table)).all()}
    for row in rows:
        if key_of(row) not in known:
            known[key_of(row)] = row
            session.add(row)
    session.flush()
    return {key: row.id for key, row in known.items()}


def _notices() -> Iterable[Notice]:
    for line in lines("notice"):
        yield Notice(
            number=line["number"],
            title=line["title"],
            issued_by=line["issued_by"],
            issued_on=day(line["issued_on"]),
        )


def _facts(notices: Keys) -> Iterable[NoticeFact]:
    for line in lines("notice_fact"):
        yield NoticeFact(
            notice_id=notices[line["notice"],],
            key=NoticeFactKey(line["key"]),
            source=TitleSource(line["source"]),
            checked_on=day(line["checked_on"]),
            cited=line["cited"],
        )


def _key_areas(notices: Keys) -> Iterable[KeyArea]:
    for line in lines("key_area"):
        yield KeyArea(
            notice_id=notices[line["notice"],],
            number=int(line["number"]),
            title=line["title"],
            title_source=TitleSource(line["title_source"]),
            checked_on=day(line["checked_on"]),
            cited=line["cited"],
        )


def _measures(notices: Keys, areas: Keys) -> Iterable[Measure]:
    for line in lines("measure"):
        notice_id = notices[line["notice"],]
        yield Measure(
            notice_id=notice_id,
            key_area_id=areas[notice_id, int(line["key_area"])],
            number=int(line["number"]),
            title=line["title"],
            short_title=line["short_title"],
            title_source=TitleSource(line["title_source"]),
            area_source=TitleSource(line["area_source"]),
            checked_on=day(line["checked_on"]),
            cited=line["cited"],
        )


def _actions(of_measure: dict[tuple[str, str], int]) -> Iterable[MeasureAction]:
    for line in lines("measure_action"):
        yield MeasureAction(
            measure_id=of_measure[line["notice"], line["measure"]],
            number=int(line["number"]),
            title=line["title"],
            title_source=TitleSource(line["title_source"]),
            measure_source=TitleSource(line["measure_source"]),
            checked_on=day(line["checked_on"]),
            cited=line["cited"],
        )


def _indicators(of_measure: dict[tuple[str, str], int]) -> Iterable[Indicator]:
    for line in lines("indicator"):
        yield Indicator(
            measure_id=of_measure[line["notice"], line["measure"]],
            number=int(line["number"]),
            name=line["name"],
            unit=line["unit"],
            additive=yes(line["additive"]),
            headline=yes(line["headline"]),
            source=TitleSource(line["source"]),
            checked_on=day(line["checked_on"]),
            cited=line["cited"],
            kind=IndicatorKind(line["kind"]),
            currency=Currency(line["currency"]) if line["currency"] else None,
        )


def _levels(of_measure: dict[tuple[str, str], int], indicators: Keys) -> Iterable[IndicatorLevel]:
    for line in lines("indicator"):
        measure_id = of_measure[line["notice"], line["measure"]]
        yield IndicatorLevel(
            indicator_id=indicators[measure_id, int(line["number"])],
            from_on=RECORDED_FROM,
            level=ResultLevel(line["level"]),
        )


def _safeguards(notices: Keys) -> Iterable[Safeguard]:
    for line in lines("safeguard"):
        yield Safeguard(
            notice_id=notices[line["notice"],],
            key=line["key"],
            number=int(line["number"]),
            title=line["title"],
            title_source=TitleSource(line["title_source"]),
            checked_on=day(line["checked_on"]),
            cited=line["cited"],
        )


def _texts(notices: Keys) -> Iterable[NoticeText]:
    for line in lines("notice_text"):
        yield NoticeText(
            notice_id=notices[line["notice"],],
            version=SUMMARY,
            is_summary=True,
            source=TitleSource(line["source"]),
            cited=line["cited"],
            entered_at=clock.now(),
        )


def _passages(notices: Keys, texts: Keys, of_measure: dict[tuple[str, str], int]) -> Iterable[Passage]:
    for line in lines("passage"):
        yield Passage(
            text_id=texts[notices[line["notice"],], SUMMARY],
            number=int(line["number"]),
            level=int(line["level"]),
            heading=line["heading"],
            body=line["body"],
            measure_id=of_measure.get((line["notice"], line["measure"])),
        )


def _authorities() -> Iterable[Authority]:
    for line in lines("authority"):
        yield Authority(
            code=line["code"],
            code_standard=line["code_standard"],
            name=line["name"],
            short_name=line["short_name"],
            kind=AuthorityKind(line["kind"]),
            region_seven=line["region_seven"] or None,
            region_four=line["region_four"] or None,
            official_order=number(line["official_order"]),
            tile_row=number(line["tile_row"]),
            tile_col=number(line["tile_col"]),
            reports=yes(line["reports"]),
        )


def _hosts(authorities: Keys) -> Iterable[AuthorityParent]:
    for line in lines("authority"):
        if line["host_code"]:
            yield AuthorityParent(
                authority_id=authorities[line["code"],],
                parent_id=authorities[line["host_code"],],
                relation=Relation.HOSTED_BY,
                starts_on=RECORDED_FROM,
            )
