"""An office's own ledgers among many files: read where their layout was confirmed, told by name where it was not."""

from datetime import date

import pytest

from db.store import Store
from db.tables import ProgressUpdate
from db.uploads.committing import commit_upload
from db.uploads.drops import upload_ledgers
from db.uploads.legacy_ledgers import answer_ledger
from db.uploads.queries import upload_findings, upload_of
from db.uploads.retention import GivenFile
from tests.support.factories import (
    FIRST_QUARTER,
    YEAR,
    at,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tests.support.ledgers import filled, form_of
from tests.support.legacy_ledgers import grid
from tests.support.trail import refusal_of, rows
from tests.unit.db.uploads.test_legacy_uploads import given, preview, proposed
from tracking.ledgers.results import text_in
from tracking.vocabulary import Language

CAST = people()
HEADERS = ["任务", "进展情况", "完成率"]


@pytest.fixture(autouse=True)
def tasks(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield filed_plan(store, *map(typed_task, range(1, 4)))


def confirm(store: Store, content: bytes) -> None:
    upload_id = given(store, content)
    preview(store, upload_id, proposed(store, upload_id).layouts)


def dropped(store: Store, *contents: bytes, period_id: int | None = FIRST_QUARTER):
    files = [GivenFile(f"{at}.xlsx", content) for at, content in enumerate(contents)]
    asked = {"files": files, "period_id": period_id}
    return upload_of(store, CAST.officer, upload_id=upload_ledgers(store, by=CAST.officer, **asked))


def why(upload) -> list[str]:
    """What is told of each file, by its first signs."""
    return ["".join(text_in(words, Language.ZH_CN)[:6] for words in file["refused"]) for file in upload.files]


def test_a_confirmed_layout_is_read_beside_the_forms(store: Store, tasks):
    form = form_of(store, CAST.officer)
    own = grid(HEADERS, ["任务1", "自用所写", "20%"], ["任务2", "也写了", "约六成"])
    other = grid(["任务", "做了什么", "完成率"], ["任务3", "某事", "20%"])
    empty = grid(HEADERS, ["任务1", None, None])
    confirm(store, own)
    upload = dropped(store, filled(form, {("progress", 2): "表里写的"}), own, other, empty, grid([]))
    assert why(upload) == ["", "", "本单位还没有", "没有读到任何", "没有找到台账"]
    assert (upload.counts["added"], upload.counts["refused"]) == (3, 0)
    refused = refusal_of(commit_upload, store, by=CAST.officer, upload_id=upload.id, hand_over=True)
    assert refused.messages[0].key == "upload.asked"
    assert commit_upload(store, by=CAST.officer, upload_id=upload.id) == 3
    said = {one.task_id: one.progress for one in rows(store, ProgressUpdate)}
    assert said == dict(zip(tasks, ["自用所写", "也写了", "表里写的"], strict=True))


def test_what_a_file_among_many_asks_is_told_and_not_answered_there(store: Store):
    own = grid(HEADERS, ["任务1", "自用所写", "约六成"], ["没有的事", "某事", None])
    confirm(store, own)
    upload = dropped(store, own, form_of(store, CAST.officer))
    found = upload_findings(store, CAST.officer, upload_id=upload.id)
    assert {(one.cell, one.asks) for one in found if one.asks} == {("C2", "cell"), ("A3", "row")}
    asked = {"by": CAST.officer, "upload_id": upload.id, "cells": {"Sheet!C2": "60%"}, "rows": {}}
    assert refusal_of(answer_ledger, store, **asked).messages[0].key == "store.not_found"


def test_two_files_that_disagree_are_one_conflict_whatever_their_layout(store: Store):
    own = grid(HEADERS, ["任务1", "自用所写", "20%"])
    confirm(store, own)
    form = form_of(store, CAST.officer)
    upload = dropped(store, own, filled(form, {("progress", 0): "表里写的"}))
    assert upload.counts["conflict"] == 2
    upload = dropped(store, own, filled(form, {("difficulties", 0): "缺经费"}))
    assert (upload.counts["conflict"], upload.counts["added"]) == (0, 1)


def test_without_a_period_an_office_s_own_ledger_is_of_none(store: Store):
    own = grid(HEADERS, ["任务1", "自用所写", "20%"])
    confirm(store, own)
    upload = dropped(store, own, form_of(store, CAST.officer), period_id=None)
    assert why(upload) == ["没有找到台账", ""]
