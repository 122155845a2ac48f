"""A worked example of the API: report a ledger kept as CSV, all lines or none.

    TRACKER_URL=https://tracker.example TRACKER_TOKEN=bri_... python report.py ledger.csv PERIOD_ID

`GET /periods` tells the periods and their keys. The CSV has the columns task_number, progress, and one column an indicator, named by its id (`indicator_12`), with
what was reached since the beginning of the year. Only the standard library is used, so copy what you need.
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


def line_of(row: dict[str, str], task_id: int, period_id: int) -> dict[str, Any]:
    """One line to send, against the draft that stands."""
    standing = ask("GET", f"/tasks/{task_id}/updates/{period_id}")
    actuals = [
        {"indicator_id": int(name.removeprefix("indicator_")), "value": value}
        for name, value in row.items()
        if name.startswith("indicator_") and value
    ]
    return {
        "task_id": task_id,
        "period_id": period_id,
        "row_version": standing["row_version"],
        "progress": row["progress"],
        "actuals": actuals or standing["actuals"],
    }


def main(ledger: Path, period_id: int) -> None:
    """Send the ledger; sent twice, for want of an answer, it is kept once."""
    me = ask("GET", "/me")
    asked = f"/tasks?period_id={period_id}&authority_id={me['authority_id']}"
    tasks = {task["number"]: task["task_id"] for task in every(asked)}
    with ledger.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [line_of(row, tasks[int(row["task_number"])], period_id) for row in rows]
    key = hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()
    saved = ask("POST", "/updates", {"updates": lines}, **{"Idempotency-Key": key})
    print(f"{len(saved['updates'])} drafts kept for {me['name']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
