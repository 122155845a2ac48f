"""Loading the notice's catalogue and the list of authorities from `sample_data/`.

What a store holds already is left alone: administrators edit it. A second notice is more lines of the same
files; a store that holds a notice already takes what ships new of its own notices, and no other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from sqlmodel import Session, SQLModel, select

from db import clock
from db.hierarchy.founding_actions import found
from db.seed.files import Line, day, lines, number, yes
from db.seed.intake import Intake, Keys
from db.seed.register_book import add_registers_of
from db.store import Store
from db.tables import (
    Authority,
    AuthorityParent,
    Indicator,
    IndicatorLevel,
    KeyArea,
    ListedCountry,
    Measure,
    MeasureAction,
    Notice,
    NoticeFact,
    NoticeText,
    Passage,
    Safeguard,
    Tag,
)
from tracking.founding import NO_REGION, Founding
from tracking.messages import Refusal
from tracking.vocabulary import (
    AuthorityKind,
    CataloguePart,
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

# Notice and number of a measure, as the files have them → its id.
OfMeasure: TypeAlias = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Begun:
    """What became of what ships, in a store that held a notice already.

    Of the list of authorities: founded today, left as they stand, and refused with the reason. Of the catalogue: what
    was added, marked with its source, and left as somebody worded it.
    """

    founded: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    refused: tuple[tuple[str, Refusal], ...] = ()
    catalogue: Intake = field(default_factory=Intake)


def begin_reference(store: Store) -> Begun:
    """Load the catalogue into a store that holds no notice yet; into any other what it lacks of catalogue and authorities.

    What stands under the code of a line of the list stays as it is, whatever the line says.
    """
    with store.read() as session:
        begun = session.exec(select(Notice)).first() is not None
        known = {row.code: row for row in session.exec(select(Authority))}
    if not begun:
        _load(store)
        return Begun()
    intake = _completed(store)
    left = tuple(line["code"] for line in lines("authority") if _differs(line, known.get(line["code"])))
    missing = [line for line in lines("authority") if line["code"] not in known]
    founded = _founded(store, missing) if missing else Begun()
    return replace(founded, left=left, catalogue=intake)


def _load(store: Store) -> None:
    with store.write(None) as tx:
        load_reference(tx.session)
        for notice in tx.session.exec(select(Notice)):
            tx.audit("load_reference", notice)


def _completed(store: Store) -> Intake:
    """What the notices of the store lacked of their catalogue; looked at first, for most starts find nothing."""
    with store.read() as session:
        found = _complete(session, clock.today())
    if not found.changed:
        return found
    with store.write(None) as tx:
        taken = _complete(tx.session, tx.today)
        for notice in tx.session.exec(select(Notice)):
            tx.audit("load_reference", notice, added=taken.added, marked=taken.marked)
    return taken


def _complete(session: Session, today: date) -> Intake:
    """Add to the notices of the store what ships new, in force from today on, so that no past year changes."""
    intake = Intake(since=today)
    held = {notice.number: notice for notice in session.exec(select(Notice))}
    intake.left.update(notice=[line["number"] for line in lines("notice") if line["number"] not in held])
    _load_catalogue(session, {(number,): notice.id for number, notice in held.items()}, intake)
    for notice in held.values():
        intake.added["register"] += add_registers_of(session, notice)
    return intake


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
    _load_catalogue(session, notices, Intake())
    for notice in session.exec(select(Notice)):
        add_registers_of(session, notice)
    authorities = _added(session, Authority, _authorities(), "code")
    _added(session, AuthorityParent, _hosts(authorities), "authority_id", "relation")


def _load_catalogue(session: Session, notices: Keys, intake: Intake) -> None:
    """Add what these notices lack of their catalogue, and note it."""
    intake.take(session, CataloguePart.FACT, _facts(session, notices))
    areas = intake.take(session, CataloguePart.AREA, _key_areas(notices))
    measures = intake.take(session, CataloguePart.MEASURE, _measures(notices, areas))
    of_measure = {
        (line["notice"], line["number"]): measures[notices[line["notice"],], int(line["number"])]
        for line in _lines("measure", notices)
    }
    intake.take(session, CataloguePart.ACTION, _actions(of_measure))
    indicators = intake.take(session, CataloguePart.INDICATOR, _indicators(of_measure))
    intake.take_levels(session, _levels(of_measure, indicators, intake.since or RECORDED_FROM))
    intake.take(session, CataloguePart.SAFEGUARD, _safeguards(notices))
    intake.take(session, CataloguePart.TAG, _tags(notices))
    intake.take(session, CataloguePart.COUNTRY, _listed(notices))
    if texts := intake.take_texts(session, _texts(notices)):
        session.add_all(_passages(notices, texts, of_measure))
        session.flush()


def _lines(name: str, notices: Keys) -> Iterable[Line]:
    """The lines of a file that are of these notices."""
    return (line for line in lines(name) if (line["notice"],) in notices)


def _of(name: str, of_measure: OfMeasure) -> Iterable[Line]:
    """The lines of a file that are of these measures."""
    return (line for line in lines(name) if (line["notice"], line["measure"]) in of_measure)


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


def _facts(session: Session, notices: Keys) -> Iterable[NoticeFact]:
    """The facts; of what somebody words otherwise nothing is known."""
    worded = {line["number"]: line for line in lines("notice")}
    for line in _lines("notice_fact", notices):
        notice = session.get_one(Notice, notices[line["notice"],])
        ours = worded[line["notice"]].get(line["key"])
        same = ours is None or ours == str(getattr(notice, line["key"]) or "")
        yield NoticeFact(
            notice_id=notice.id,
            key=NoticeFactKey(line["key"]),
            source=TitleSource(line["source"]) if same else TitleSource.TO_BE_CHECKED,
            checked_on=day(line["checked_on"]) if same else None,
            cited=line["cited"] if same else "",
        )


def _key_areas(notices: Keys) -> Iterable[KeyArea]:
    for line in _lines("key_area", notices):
        yield KeyArea(
            notice_id=notices[line["notice"],],
            number=int(line["number"]),
            title=line["title"],
            title_source=TitleSource(line["title_source"]),
            checked_on=day(line["checked_on"]),
            cited=line["cited"],
        )


def _measures(notices: Keys, areas: Keys) -> Iterable[Measure]:
    for line in _lines("measure", notices):
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


def _actions(of_measure: OfMeasure) -> Iterable[MeasureAction]:
    for line in _of("measure_action", of_measure):
        yield MeasureAction(
            measure_id=of_measure[line["notice"], line["measure"]],
            number=int(line["number"]),
            title=line["title"],
            title_source=TitleSource(line["title_source"]),
            measure_source=TitleSource(line["measure_source"]),
            checked_on=day(line["checked_on"]),
            cited=line["cited"],
        )


def _indicators(of_measure: OfMeasure) -> Iterable[Indicator]:
    for line in _of("indicator", of_measure):
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


def _levels(of_measure: OfMeasure, indicators: Keys, since: date) -> Iterable[IndicatorLevel]:
    for line in _of("indicator", of_measure):
        measure_id = of_measure[line["notice"], line["measure"]]
        yield IndicatorLevel(
            indicator_id=indicators[measure_id, int(line["number"])],
            from_on=since,
            level=ResultLevel(line["level"]),
        )


def _safeguards(notices: Keys) -> Iterable[Safeguard]:
    for line in _lines("safeguard", notices):
        yield Safeguard(
            notice_id=notices[line["notice"],],
            key=line["key"],
            number=int(line["number"]),
            title=line["title"],
            title_source=TitleSource(line["title_source"]),
            checked_on=day(line["checked_on"]),
            cited=line["cited"],
        )


def _tags(notices: Keys) -> Iterable[Tag]:
    for line in _lines("tag", notices):
        yield Tag(
            notice_id=notices[line["notice"],],
            number=int(line["number"]),
            title=line["title"],
            title_source=TitleSource(line["title_source"]),
            cited=line["cited"],
        )


def _listed(notices: Keys) -> Iterable[ListedCountry]:
    for line in _lines("listed_country", notices):
        yield ListedCountry(
            notice_id=notices[line["notice"],],
            number=int(line["number"]),
            code=line["code"],
            source=TitleSource(line["source"]),
            cited=line["cited"],
            starts_on=day(line["starts_on"]),
        )


def _texts(notices: Keys) -> Iterable[NoticeText]:
    for line in _lines("notice_text", notices):
        yield NoticeText(
            notice_id=notices[line["notice"],],
            version=SUMMARY,
            is_summary=True,
            source=TitleSource(line["source"]),
            cited=line["cited"],
            entered_at=clock.now(),
        )


def _passages(notices: Keys, texts: Keys, of_measure: OfMeasure) -> Iterable[Passage]:
    for line in _lines("passage", notices):
        if (text_id := texts.get((notices[line["notice"],],))) is None:
            continue
        yield Passage(
            text_id=text_id,
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
