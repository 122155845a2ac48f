"""The tests can be run on any day, and then every process of theirs is on it."""

import subprocess
import sys

import pytest

from tests.support.on_day import environment
from tests.support.servers import ROOT

TODAY = "from db import clock; print(clock.now().astimezone(clock.OFFICE_ZONE).isoformat(' ', 'hours'))"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {TODAY!r}], check=True)"


@pytest.mark.parametrize(
    ("moment", "told"),
    [("2028-02-29", "2028-02-29 09+08:00"), ("2027-01-01T00:10", "2027-01-01 00+08:00")],
)
def test_a_process_and_its_children_are_on_the_day_that_is_asked_for(moment: str, told: str):
    command = [sys.executable, "-c", f"{TODAY}\n{CHILD}"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(moment), capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == [told, told]
