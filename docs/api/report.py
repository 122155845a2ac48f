"""A worked example of the API: report a ledger kept as CSV, a province's and its counties' in one, all lines or none.

    TRACKER_URL=https://tracker.example TRACKER_TOKEN=bri_... python report.py ledger.csv PERIOD_ID

`GET /periods` tells the periods and their keys. The CSV has the columns authority (as `GET /tasks` calls it; empty or
left out for one's own), task_number, progress, and one column an indicator, named by its id (`indicator_12`), with
what was reached since the beginning of the year; at most 1000 lines. Only the standard library is used, so copy what
you need.
"""

import csv
import hashlib
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BASE = os.environ["TRACKER_URL"].rstrip("/") + "/api/v1"
HEADERS = {
    "Authorization": f"Bearer {os.environ['TRACKER_TOKEN']}",
    "Accept-Language": "zh-CN",
    "Content-Type": "application/json",
}


def ask(method: str, path: str, body: Any = None, **headers: str) -> Any:
    """One request; a refusal ends the program with what is wrong, field by field."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data, HEADERS | headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        problem = json.load(refused)
        lines = [f"{fault['field'] or '-'}: {fault['message']}" for fault in problem["errors"]]
        sys.exit("\n".join([f"{problem['status']} {problem['title']}", *lines]))


def every(path: str) -> Iterator[dict[str, Any]]:
    """Every row of a list, page after page."""
    cursor = ""
    while True:
        page = ask("GET", f"{path}{'&' if '?' in path else '?'}limit=500{cursor}")
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        cursor = f"&cursor={page['next_cursor']}"


def line_of(row: dict[str, str], standing: dict[str, Any]) -> dict[str, Any]:
    """One line to send, against the draft that stands."""
    actuals = [
        {"indicator_id": int(name.removeprefix("indicator_")), "value": value}
        for name, value in row.items()
        if name.startswith("indicator_") and value
    ]
    return {
        "task_id": standing["task_id"],
        "period_id": standing["period_id"],
        "row_version": standing["row_version"],
        "progress": row["progress"],
        "actuals": actuals or standing["actuals"],
    }


def lines_of(rows: list[dict[str, str]], period_id: int, own_id: int) -> list[dict[str, Any]]:
    """What the rows say, each against what stands; a row without an authority is of one's own."""
    tasks = list(every(f"/tasks?period_id={period_id}"))
    ids = {task["authority_name"]: task["authority_id"] for task in tasks}
    keys = {(task["authority_id"], task["number"]): task["task_id"] for task in tasks}
    placed = [(ids[row["authority"]] if row.get("authority") else own_id, row) for row in rows]
    standing = {
        report["task_id"]: report
        for authority_id in {authority_id for authority_id, _ in placed}
        for report in ask("GET", f"/reports?period_id={period_id}&authority_id={authority_id}")["items"]
    }
    return [
        line_of(row, standing[keys[authority_id, int(row["task_number"])]]) for authority_id, row in placed
    ]


def main(ledger: Path, period_id: int) -> None:
    """Send the ledger; sent twice, for want of an answer, it is kept once."""
    me = ask("GET", "/me")
    with ledger.open(encoding="utf-8-sig", newline="") as file:
        lines = lines_of(list(csv.DictReader(file)), period_id, me["authority_id"])
    key = hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()
    saved = ask("POST", "/updates", {"updates": lines}, **{"Idempotency-Key": key})
    print(f"{len(saved['updates'])} drafts kept for {me['name']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
