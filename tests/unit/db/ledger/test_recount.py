"""An exported ledger says enough: from the file alone the figures of the pages are recomputed as it says."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from math import floor
from pathlib import Path
from random import Random
from statistics import fmean, median
from typing import Any, TypeAlias

import openpyxl
import pandas as pd
import pytest

from db import clock
from db.authorities.scope import NATION, scope_of
from db.figures import summaries
from db.figures.queries import cells_frame, day_of_cells
from db.identity import SignedIn
from db.ledger.exports import LedgerFilter, export_ledger
from db.ledger.files import FILES, extract_of
from db.periods.queries import periods_frame
from db.reference.queries import indicators_frame, measures_frame, units_frame
from db.store import Store
from db.traces.actuals import actuals_frame
from db.updates.queues import checking_frame
from db.updates.reviews import accept_progress_updates, pass_on_progress_updates
from db.uploads import actions as uploads, legacy_ledgers
from db.uploads.layouts import proposed_layouts
from db.uploads.queries import upload_findings, upload_of
from tests.app.looping import period_of, person
from tests.support.databases import SqliteFiles
from tests.support.finding import some
from tests.support.office import converted
from tests.support.templates import sample_store
from tests.support.years import this_year
from tracking.figures import indicators
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube
from tracking.labels import columns_of
from tracking.messages import text
from tracking.palette import SHAPES
from tracking.scales import STATES
from tracking.vocabulary import Language, PeriodStatus

ZH = Language.ZH_CN
Line: TypeAlias = dict[str, Any]
Shown: TypeAlias = dict[str, Any]


@pytest.fixture
def sample(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    return sqlite_files.fresh(sample_store, tmp_path / "data")


def exported(store: Store, by: SignedIn, kind: str = "xlsx", **narrowed: Any) -> bytes:
    where = LedgerFilter(**{name: value for name, value in narrowed.items() if name != "period_id"})
    period_id = narrowed.get("period_id") or period_of(store)
    export = export_ledger(store, by=by, period_id=period_id, where=where, file_format=kind)
    return b"".join(FILES[kind].parts(extract_of(store, export, where, ZH)))


def lines_of(content: bytes) -> list[Line]:
    """The lines of a file by header, figures as numbers, whatever kind of file it is."""
    if content[:2] == b"PK":
        rows = [list(row) for row in openpyxl.load_workbook(io.BytesIO(content))["台账"].values]
    else:
        read = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        rows = [[_figure(cell) for cell in row] for row in read]
    head = next(at for at, row in enumerate(rows) if "权重" in row)
    width = len(rows[head])
    return [
        dict(zip(rows[head], row, strict=True))
        for row in rows[head + 1 :]
        if len(row) == width and isinstance(row[0], int | float)
    ]


def _figure(cell: str) -> Any:
    try:
        return float(cell)
    except ValueError:
        return cell or None


def recounted(lines: Iterable[Line], unit: str = "统计单位代码") -> Shown:
    """What some lines come to, by the words of 复算说明."""
    by_unit: dict[Any, list[Line]] = defaultdict(list)
    counted = [line for line in lines if line["计入汇总（1是0否）"] == 1]
    for line in counted:
        by_unit[line[unit]].append(line)
    weights = {code: sum(line["权重"] for line in own) for code, own in by_unit.items()}

    def mean(part: str) -> float | None:
        shares = [sum(line[part] for line in own) / weights[code] for code, own in by_unit.items()]
        return 100 * fmean(shares) if shares else None

    told = {code: [line["本期已报送（1是0否）"] for line in own] for code, own in by_unit.items()}
    return {
        "completion": mean("分子（权重×完成率）"),
        "expected": mean("序时分子（权重×序时进度）"),
        "tasks": len(counted),
        "reported": sum(map(sum, told.values())),
        "units": len(by_unit),
        "units_reported": sum(map(any, told.values())),
        "units_complete": sum(map(all, told.values())),
    }


def _by(lines: Iterable[Line], header: str) -> dict[Any, Shown]:
    found: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        found[line[header]].append(line)
    return {key: recounted(own) for key, own in found.items()}


def totals(lines: Iterable[Line], header: str, *, additive: bool) -> float | None:
    """The total of an indicator, by the words of 复算说明."""
    said = [line for line in lines if line[header] is not None]
    if additive or not said:
        return sum(line[header] for line in said) if said else None
    ordered = sorted(
        said, key=lambda line: (str(line["单位代码"]), line["数据所属报送期"] or "", line[header])
    )
    newest = [list(own)[-1][header] for _, own in groupby(ordered, key=lambda line: line["单位代码"])]
    return median(newest)


def state_of(lines: Iterable[Line], name: str, header: str) -> float:
    """How many answered yes; of a rate both sums, in percent and rounded down."""
    said = [line for line in lines if line[header] is not None]
    if header.endswith("（是/否）"):
        return float(sum(line[header] in {1, "是"} for line in said))
    above, below = (sum(line[f"{name} {part}"] for line in said) for part in ("分子", "分母"))
    return floor(above * 10_000 / below) / 100


def shown(row: Any) -> Shown:
    """The same figures as a page has them."""
    part = {name: getattr(row, name) for name in ("tasks", "reported", "units", "units_reported")}
    means = {"completion": row.completion_permille, "expected": row.expected_permille}
    told = {name: None if value is None or pd.isna(value) else value / 10 for name, value in means.items()}
    return {**told, **part, "units_complete": row.units_complete}


class Pages:
    """The figures of the pages for one period, over what somebody may read and the units chosen."""

    def __init__(self, store: Store, by: SignedIn, period_id: int, region: str | None = None) -> None:
        scope = scope_of(store, by)
        cells = cells_frame(store, scope, period_id=period_id)
        units = units_frame(store, on=day_of_cells(cells) or clock.today())
        units = units[units["reports"] & units["unit_id"].map(scope.covers)]
        if region is not None:
            units = units[units["region_seven"] == region]
        self.measures = measures_frame(store, notice_id=1)
        self.cells, self.units = cells[cells["unit_id"].isin(units["unit_id"])], units

    def cube(self, grouping: str = "region_seven", *, provinces: bool = False) -> Cube:
        """The cube of the units, or of the provinces they stand under."""
        if provinces:
            cells = indicators.in_provinces(self.cells, self.units)
            return Cube.of(cells, Axes(indicators.province_units(self.units), self.measures))
        return Cube.of(self.cells, Axes(self.units, self.measures, grouping))

    def tables(self) -> Iterator[tuple[str, dict[Any, Shown]]]:
        """Header of a column → the figures by its values."""
        cube = self.cube()
        yield "统计单位代码", _told(indicators.completion_by_unit(cube), "code")
        yield "举措序号", _told(indicators.completion_by_measure(cube), "number")
        yield "重点工作序号", _told(indicators.completion_by_area(cube), "key_area_number")
        yield "七大区", _told(indicators.completion_by_region(cube), "region")
        yield "四大板块", _told(indicators.completion_by_region(self.cube("region_four")), "region")


def _told(frame: pd.DataFrame, key: str) -> dict[Any, Shown]:
    return {getattr(row, key): shown(row) for row in frame.itertuples() if row.tasks}


def agrees(content: bytes, pages: Pages) -> None:
    """Everything the file comes to is what the pages show."""
    lines = some(lines_of(content))
    headline = indicators.headline(pages.cube(), None)
    assert recounted(lines) == pytest.approx(shown(headline))
    assert len(lines) - headline.tasks == headline.suspended
    for header, told in pages.tables():
        # A council of an industry is in no region.
        found = {_figure_of(key): own for key, own in _by(lines, header).items() if key and own["tasks"]}
        assert found.keys() == {_figure_of(key) for key in told}, header
        for key, figures in told.items():
            assert found[_figure_of(key)] == pytest.approx(figures), (header, key)
    provinces = recounted(lines, unit="所属省份（31省口径）")
    assert provinces == pytest.approx(shown(indicators.headline(pages.cube(provinces=True), None)))


def _figure_of(key: Any) -> Any:
    return _figure(key) if isinstance(key, str) else key


@pytest.mark.parametrize("kind", FILES)
def test_the_pages_are_recomputed_from_the_file_alone(sample: Store, kind: str):
    by, period_id = person(sample, "member"), period_of(sample)
    content = exported(sample, by, kind)
    agrees(content, Pages(sample, by, period_id))
    lines, totalled = lines_of(content), 0
    asked = {"notice_id": 1, "year": this_year(sample)}
    for measure_id, own in indicators_frame(sample, notice_id=1).groupby("measure_id"):
        actuals = actuals_frame(sample, scope_of(sample, by), **asked, measure_id=measure_id)
        for one in indicators.indicator_totals(actuals, own).itertuples():
            header = f"{one.measure_number}.{one.number} {one.name}累计（{one.unit}）"
            there = [line for line in lines if line["举措序号"] == one.measure_number]
            if one.kind in STATES:
                found = state_of(there, f"{one.measure_number}.{one.number} {one.name}", header)
            else:
                found = totals(there, header, additive=one.additive)
            assert found == pytest.approx(None if one.value is None else float(one.value)), header
            totalled += one.value is not None
    assert totalled > 10


Cells: TypeAlias = list[tuple[Any, ...]]


def _cells_of(book: Path | io.BytesIO) -> Cells:
    return list(openpyxl.load_workbook(book, data_only=True)["复算"].values)


def _recalculated(content: bytes, folder: Path, change: Callable[[Any], object]) -> Cells:
    """The sheet 复算 as the office suite works it out, from a file without any result in it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book["台账"])
    (folder / "out").mkdir()
    book.save(folder / "ledger.xlsx")
    (saved,) = converted(folder / "out", folder / "ledger.xlsx")
    return _cells_of(saved)


def _rounded(cells: Cells) -> Cells:
    """Cells to be compared; the suite keeps an empty text as a text, and our library an empty cell."""
    plain = [[None if cell == "" else cell for cell in row] for row in cells]
    return [tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row) for row in plain]


def _named(cells: Cells) -> dict[Any, tuple[Any, ...]]:
    """Unit code, or the name beside it → what is told of it."""
    return {row[0] or row[1]: row[3:] for row in cells[4:] if row[1]}


def test_the_sheet_beside_the_lines_works_the_figures_of_the_pages_out(sample: Store, tmp_path: Path):
    by = person(sample, "member")
    content, pages = exported(sample, by), Pages(sample, by, period_of(sample))
    given, worked = _cells_of(io.BytesIO(content)), _recalculated(content, tmp_path, lambda _: None)
    differing = [both for both in zip(_rounded(worked), _rounded(given), strict=True) if both[0] != both[1]]
    assert differing == []
    cube, told = pages.cube(), _named(worked)
    whole, headline = told["全部单位"], indicators.headline(cube, None)
    measures = indicators.completion_by_measure(cube).set_index("number")["completion_permille"] / 10
    assert dict(zip(worked[3][7:], whole[4:], strict=True)) == pytest.approx(measures.dropna().to_dict())
    for name, row in (
        ("全部单位", headline),
        *((row.region, row) for row in indicators.completion_by_region(cube).itertuples()),
        *((row.code, row) for row in indicators.completion_by_unit(cube).itertuples()),
    ):
        figures = shown(row)
        means = [figures[part] for part in ("completion", "expected")]
        assert told[name][:4] == pytest.approx((figures["tasks"], figures["reported"], *means)), name
    counts = ("units", "units_reported", "units_complete", "units_total")
    names = ("有任务单位", "已报送单位", "全部报送单位", "单位总数")
    assert [told[name][0] for name in names] == [getattr(headline, name) for name in counts]
    lights = {name: row[0] for name, row in told.items() if str(name)[0] in SHAPES.values()}
    assert lights == {
        f"{SHAPES[light]} {text(f'light.{light}', ZH)}": n for light, n in headline.lights.items()
    }


def test_the_sheet_follows_a_line_that_is_changed(sample: Store, tmp_path: Path):
    content = exported(sample, person(sample, "member"))
    line = lines_of(content)[0]

    def change(sheet: Any) -> None:
        at = {cell.value: cell.column for cell in sheet[2]}
        sheet.cell(3, at["分子（权重×完成率）"]).value = line["分子（权重×完成率）"] + line["权重"]

    before, after = _named(_cells_of(io.BytesIO(content))), _named(_recalculated(content, tmp_path, change))
    assert {name for name in before if before[name][2] != pytest.approx(after[name][2])} == {
        "全部单位",
        line["七大区"],
        line["统计单位代码"],
    }


def test_the_words_that_say_how_are_read_whole(sample: Store):
    book = openpyxl.load_workbook(io.BytesIO(exported(sample, person(sample, "member"))))
    guide = book["复算说明"]
    width = guide.column_dimensions["A"].width
    for row in some(guide.iter_rows(), least=9):
        lines = columns_of(str(row[0].value)) / width
        assert (guide.row_dimensions[row[0].row].height or 15) >= 15 * lines


def test_what_was_chosen_is_what_is_recounted(sample: Store):
    by, period_id = person(sample, "member"), period_of(sample)
    agrees(exported(sample, by, region="华东"), Pages(sample, by, period_id, region="华东"))
    (south,) = units_frame(sample).query("code == '440000'")["unit_id"]
    lines = lines_of(exported(sample, by, unit_id=south))
    of_unit = lines_of(exported(sample, by, region="华南"))
    assert lines == [
        line | {"序号": at}
        for at, line in enumerate((one for one in of_unit if one["统计单位代码"] == "440000"), start=1)
    ]
    officer = person(sample, "jiangsu.officer")
    agrees(exported(sample, officer), Pages(sample, officer, period_id))


@pytest.mark.parametrize("seed", range(3))
def test_of_any_store_the_file_comes_to_what_the_pages_show(sample: Store, seed: int):
    dice = Random(seed)
    _shaken(sample, dice)
    by = person(sample, "member")
    periods = periods_frame(sample, notice_id=1)
    begun = periods[(periods["status"] != PeriodStatus.UPCOMING) & (periods["year"] == this_year(sample))]
    period_id = dice.choice(begun["period_id"].tolist())
    agrees(exported(sample, by, dice.choice([*FILES]), period_id=period_id), Pages(sample, by, period_id))


def _shaken(store: Store, dice: Random) -> None:
    """Every weight, completion and acceptance thrown with dice."""
    ids = "SELECT id FROM {}"
    with store.upkeep() as session:
        connection = session.connection()

        def thrown(table: str, column: str, throw: Callable[[], int]) -> None:
            keys = connection.exec_driver_sql(ids.format(table)).scalars().all()
            rows = [(throw(), key) for key in keys]
            connection.exec_driver_sql(f"UPDATE {table} SET {column} = ? WHERE id = ?", rows)

        thrown("task", "weight_tenths", lambda: dice.randint(1, 99))
        thrown("task_revision", "weight_tenths", lambda: dice.randint(1, 99))
        thrown(
            "progress_update",
            "completion_permille",
            lambda: dice.choice([0, 999, 1000, dice.randint(0, 1500)]),
        )
        summaries.rebuild(session, known_at=clock.now())


def _rule_on_what_is_checked(sample: Store) -> None:
    """What lies with somebody says other than the ledger, and takes no change."""
    signatory = person(sample, "jiangsu.signatory")
    held = checking_frame(sample, NATION, checkers=[signatory.authority_id or 0])["update_id"].tolist()
    pass_on_progress_updates(sample, by=signatory, update_ids=held)
    accept_progress_updates(sample, by=person(sample, "member"), update_ids=held)


@pytest.mark.parametrize("who", ["zhejiang.officer", "jiangsu.officer"])
@pytest.mark.parametrize("kind", FILES)
def test_the_file_comes_back_through_the_import_and_changes_nothing(sample: Store, kind: str, who: str):
    by, period_id = person(sample, who), period_of(sample)
    _rule_on_what_is_checked(sample)
    content = exported(sample, by, kind)
    lines = lines_of(content)
    assert all(line["累计完成"] for line in lines)
    asked = {"name": f"台账.{kind}", "content": content, "period_id": period_id}
    upload_id = uploads.upload_ledger(sample, by=by, **asked)
    tasks = legacy_ledgers.tasks_of(sample, by, period_id)
    heads = upload_of(sample, by, upload_id=upload_id).heads
    found = proposed_layouts(sample, by, heads, tasks, period_id)
    (layout,) = (one for one in found.layouts if one.sheet in found.likely)
    legacy_ledgers.preview_legacy_ledger(sample, by=by, upload_id=upload_id, layouts=[layout])
    counts = upload_of(sample, by, upload_id=upload_id).counts
    assert any(line["单位代码"] != line["统计单位代码"] for line in lines) is bool(by.beneath)
    assert {name: count for name, count in counts.items() if count} == {"unchanged": len(lines)}
    assert upload_findings(sample, by, upload_id=upload_id) == []
