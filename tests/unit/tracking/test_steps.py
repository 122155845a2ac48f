import pytest

from tracking.steps import share


@pytest.mark.parametrize(
    ("done", "total", "is_done"), [(0, 4, 0.0), (1, 4, 0.25), (4, 4, 1.0), (9, 4, 1.0), (0, 0, 1.0)]
)
def test_the_share_of_a_step_is_between_nothing_and_all(done: int, total: int, is_done: float):
    assert share(done, total) == is_done
