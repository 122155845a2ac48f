import pytest

from tracking.phones import check_phone, masked


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("010-66668888", "010-******88"),
        ("13800001234", "138******34"),
        ("+86 (10) 6666 8888", "+86 (1*) **** **88"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_phone_shows_its_first_three_and_last_two_digits(phone, shown):
    assert masked(phone) == shown


@pytest.mark.parametrize(
    "phone", ["", "010-12345678", "+86 (10) 1234 5678", "0571-87654321转802", "8001 x12"]
)
def test_usual_ways_of_writing_a_number_are_understood(phone):
    assert check_phone("office_phone", phone) == []


@pytest.mark.parametrize("phone", ["电话", "12", "010-1234;DROP", "1" * 40])
def test_what_is_no_number_is_said_at_its_field(phone):
    (problem,) = check_phone("office_phone", phone)
    assert (problem.field, problem.message.key) == ("office_phone", "officer.phone_unclear")
