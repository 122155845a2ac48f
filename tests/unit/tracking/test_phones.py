import pytest

from tracking.phones import check_phone, masked


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("010-12345678", "010-******78"),
        ("0571-87654321转802", "057*-********转*02"),
        ("+86 (10) 1234 5678", "+86 (1*) **** **78"),
        ("68200", "*****"),
        ("", ""),
    ],
)
def test_all_but_the_ends_of_a_number_is_hidden(phone, shown):
    assert masked(phone) == shown


@pytest.mark.parametrize(
    "phone", ["", "010-12345678", "+86 10 12345678", "0571-87654321转802", "68200000 ext 5"]
)
def test_numbers_as_offices_write_them_are_understood(phone):
    assert check_phone("office_phone", phone) == []


@pytest.mark.parametrize("phone", ["处长", "1234", "010-12345678; 138", "010-12345678转", "=1+1"])
def test_anything_else_is_refused_beside_its_field(phone):
    (problem,) = check_phone("office_phone", phone)
    assert (problem.field, problem.message.key) == ("office_phone", "officer.phone_unclear")
