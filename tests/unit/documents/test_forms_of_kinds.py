"""Rates and answers in files: our form of a period, an office's own ledger, our form of a plan, a signed page."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from tests.support.ledgers import filled, made, place
from tests.support.legacy_ledgers import grid
from tests.unit.documents.test_ledger_forms import complaints, judged, task
from tests.unit.documents.test_legacy_ledgers import judged as judged_ledger
from tracking.attestations.comparison import AttestedLine, Field
from tracking.attestations.lines import Called, planned_lines, reported_lines
from tracking.attestations.wording import value_words
from tracking.documents.legacy_layout import Context
from tracking.documents.legacy_spans import Months
from tracking.ledgers.results import draft_again, packed_draft, row_of
from tracking.ledgers.rows import LedgerIndicator, draft_of, values_of
from tracking.plans.known import KnownIndicator
from tracking.plans.targets import goals_in_words, read_our_goals
from tracking.rates import Rate
from tracking.scales import Scale
from tracking.validation import TargetDraft, TaskDraft, TaskFacts, TermDraft, UpdateDraft
from tracking.vocabulary import IndicatorKind, Language, Verdict

END = date(2026, 12, 31)
HANDLED = LedgerIndicator(7, "预警处置率", "%", Decimal(90), IndicatorKind.RATE)
BUILT = LedgerIndicator(8, "工作机制", "已建/未建", Decimal(1), IndicatorKind.YES_NO)
SCALES = {7: Scale("%", IndicatorKind.RATE), 8: Scale("已建/未建", IndicatorKind.YES_NO)}
FACTS = TaskFacts(targets={7: Decimal(90), 8: Decimal(1)}, scales=SCALES)
MEASURED = task(1, title="健全风险预警机制", indicators=(HANDLED, BUILT), facts=FACTS)
COUNTED = task(
    2, indicators=(LedgerIndicator(9, "展会", "场", Decimal(10)),), facts=TaskFacts(targets={9: Decimal(10)})
)


def rate(above: object, below: object) -> Rate:
    return Rate(Decimal(above), Decimal(below))


def test_a_rate_has_two_columns_and_an_answer_a_list_of_its_two_words():
    sheet = openpyxl.load_workbook(BytesIO(made([MEASURED, COUNTED]))).worksheets[0]
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    answer = place(sheet, "actual.2", 0).coordinate
    assert rules[answer] == '"已建,未建"'
    assert place(sheet, "base.1", 0).protection.locked is False


def test_what_is_filled_in_comes_back_as_a_rate_and_an_answer():
    form = made([MEASURED, COUNTED])
    typed = {("actual.1", 0): 45, ("base.1", 0): 60, ("actual.2", 0): "已建", ("progress", 0): "已推进"}
    row, _ = judged(filled(form, typed), [MEASURED, COUNTED])
    assert row.verdict is Verdict.ADDED
    draft = draft_of(MEASURED, row.values)
    assert draft.actuals == {7: rate(45, 60), 8: Decimal(1)}
    assert draft_again(packed_draft(draft)) == draft
    begun = replace(MEASURED, draft=draft, row_version=1)
    assert values_of(begun)["base.1"] == 60
    assert judged(made([begun]), [begun])[0].verdict is Verdict.UNCHANGED
    labels = [str(change[0]) for change in row_of(row)["changes"]][:3]
    assert ["分子" in labels[0], "分母" in labels[1], "工作机制" in labels[2]] == [True, True, True]


@pytest.mark.parametrize("given", [("actual.1", 45), ("base.1", 60)])
def test_half_a_rate_is_refused_rather_than_lost(given):
    name, value = given
    row, _ = judged(filled(made([MEASURED, COUNTED]), {(name, 0): value}), [MEASURED, COUNTED])
    assert row.verdict is Verdict.REFUSED
    assert ("a", "rate_needs_parts") in complaints(row)


def test_another_word_is_no_answer():
    row, _ = judged(filled(made([MEASURED, COUNTED]), {("actual.2", 0): "也许"}), [MEASURED, COUNTED])
    assert ("a", "not_an_answer") in complaints(row)


CONTEXT = Context(frozenset(), {one.name: one.unit for one in MEASURED.indicators}, Months(10, 12, 2026))


def read(headers, *lines, tasks=(MEASURED,)):
    """The rows of an office's own ledger, judged."""
    return judged_ledger(grid(headers, *lines), list(tasks), CONTEXT)


HEADERS = ["序号", "任务名称", "预警处置率", "工作机制", "进展情况"]


def test_an_offices_own_ledger_says_a_rate_by_both_parts():
    (row,) = read(HEADERS, [1, MEASURED.title, "45/60", "已建", "已推进"], tasks=[MEASURED])
    assert draft_of(MEASURED, row.values).actuals == {7: rate(45, 60), 8: Decimal(1)}


def test_a_percentage_alone_is_asked_about():
    (row,) = read(HEADERS, [1, MEASURED.title, "75%", "未建", "已推进"], tasks=[MEASURED])
    assert ("c", "rate_needs_parts") in complaints(row)
    assert row.values["actual.2"] == 0


def test_what_the_period_added_makes_no_rate():
    rated = task(
        1, title="健全风险预警机制", indicators=(HANDLED,), facts=replace(FACTS, targets={7: Decimal(90)})
    )
    (row,) = read(["序号", "任务名称", "本季新增", "进展"], [1, rated.title, "5/6", "文字"], tasks=[rated])
    assert ("c", "state_not_added") in complaints(row)


def test_several_values_in_one_cell_are_told_apart_by_their_names():
    cell = "预警处置率：45/60；工作机制已建"
    (row,) = read(["序号", "任务名称", "累计完成", "进展情况"], [1, MEASURED.title, cell, "文字"])
    assert draft_of(MEASURED, row.values).actuals == {7: rate(45, 60), 8: Decimal(1)}


def test_a_target_that_a_ledger_states_is_compared_and_its_share_reckoned_from_the_parts():
    headers = [*HEADERS, "完成率"]
    (row,) = read(headers, [1, MEASURED.title, "45/60", "已建", "已推进", "10%"])
    assert ("d", "percent_differs") in complaints(row)


KNOWN = [
    KnownIndicator(7, 1, "预警处置率", "%", IndicatorKind.RATE),
    KnownIndicator(8, 1, "工作机制", "已建/未建", IndicatorKind.YES_NO),
    KnownIndicator(9, 1, "展会", "场"),
]


def test_targets_baselines_and_what_does_not_apply_go_out_in_a_plan_and_come_back():
    targets = (TargetDraft(7, END, Decimal(90)), TargetDraft(8, END, Decimal(1)))
    terms = (TermDraft(7, Decimal("72.5")), TermDraft(9, exempt_because="本省无口岸；由贸促会办"))
    words = goals_in_words(targets, KNOWN, terms)
    assert words.splitlines() == [
        "预警处置率：90%（2026-12-31）",
        "工作机制：已建（2026-12-31）",
        "预警处置率：基期 72.5%",
        "展会：不适用（本省无口岸；由贸促会办）",
    ]
    assert read_our_goals(words, KNOWN) == (targets, terms)
    assert read_our_goals("展会：5 场（2026-06-30）；展会：基期 3 场", KNOWN) == (
        (TargetDraft(9, date(2026, 6, 30), Decimal(5)),),
        (TermDraft(9, Decimal(3)),),
    )
    for wrong in ("别的：不适用（无）", "展会：基期 若干 场", "工作机制：也许（2026-12-31）"):
        assert read_our_goals(wrong, KNOWN) is None


CALLED = Called({1: "1　法律服务"}, {}, {7: "预警处置率（%）", 8: "工作机制（已建/未建）"}, {}, SCALES)
PLANNED = TaskDraft(
    measure_id=1,
    title="任务",
    starts_on=date(2026, 1, 1),
    due_on=END,
    targets=(TargetDraft(7, END, Decimal(90)), TargetDraft(8, END, Decimal(1))),
    terms=(TermDraft(7, Decimal(70)), TermDraft(8, exempt_because="无口岸")),
)


def words_of(lines: tuple[AttestedLine, ...], field: Field) -> list[str]:
    return [value_words(line, Language.ZH_CN) for line in lines if line.field is field]


def test_a_signed_page_says_both_parts_of_a_rate_and_the_word_of_an_answer():
    said = UpdateDraft(actuals={7: rate(45, 60), 8: Decimal(0)})
    lines = reported_lines(PLANNED, CALLED, said, completion_permille=0, suspended=False, reported=True)
    assert words_of(lines, Field.ACTUAL) == ["75（45/60）", "未建"]
    assert words_of(lines, Field.TARGET) == ["90", "已建"]
    plan = planned_lines(PLANNED, CALLED, None)
    assert (words_of(plan, Field.BASELINE), words_of(plan, Field.EXEMPT)) == (["70"], ["无口岸"])
