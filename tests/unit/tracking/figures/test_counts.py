import pandas as pd

from tracking.figures.counts import task_counts
from tracking.vocabulary import Light


def test_the_suspended_stand_beside_the_tasks_that_count():
    tasks = pd.DataFrame(
        {"unit_id": [1, 1, 2, 3], "light": [Light.RED, Light.GREEN, Light.RED, Light.SUSPENDED]}
    )
    counts = task_counts(tasks)
    assert (counts.tasks, counts.suspended, counts.units, counts.lines) == (3, 1, 2, 4)
    assert counts.lights == {**dict.fromkeys(Light, 0), Light.RED: 2, Light.GREEN: 1, Light.SUSPENDED: 1}
