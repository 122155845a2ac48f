import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tracking.cleaning import clean_text, parse_amount, parse_percent, says_something, text_problem
from tracking.messages import Refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  已组织参展 12 场  ", "已组织参展 12 场"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("行尾有空格   \n下一行\u3000", "行尾有空格\n下一行"),
        ("e\u0301", "\u00e9"),  # NFC
        ("甲\t乙", "甲 乙"),
        ("零\u200b宽\ufeff", "零宽"),
        ("\u2060看\u00ad不\u3164见\u180e", "看不见"),
        ("\u2800盲\u2800文\u2800", "盲 文"),
        ("顺利推进👍", "顺利推进👍"),
        ("👩\u200d🏭", "👩\u200d🏭"),  # a joiner makes one emoji of two
        ("=1+1", "=1+1"),  # a formula is text; exports keep it so
        ("\U00020000", "\U00020000"),
        ("", ""),
    ],
)
def test_text_is_made_uniform_without_losing_anything(typed, kept):
    assert clean_text(typed) == kept
    assert text_problem(typed) is None


@pytest.mark.parametrize(
    ("typed", "code", "position"),
    [
        ("a\x00b", "U+0000", 2),
        ("\x07", "U+0007", 1),
        ("甲乙\x1b", "U+001B", 3),
        ("\x7f", "U+007F", 1),
        ("x\x9f", "U+009F", 2),
        ("甲\u202e乙", "U+202E", 2),
        ("\u200f", "U+200F", 1),
        ("\u2066", "U+2066", 1),
        ("\ud800", "U+D800", 1),
        ("\ufffe", "U+FFFE", 1),
        ("\U0001ffff", "U+1FFFF", 1),
    ],
)
def test_what_hides_or_turns_text_is_refused_by_its_place(typed, code, position):
    with pytest.raises(Refusal) as refused:
        clean_text(typed)
    assert refused.value.messages[0].values == {"code": code, "position": position}
    assert code in str(text_problem(typed))


UNREAD = ["", " ", "\u2060", "\u00ad", "\u3164", "\uffa0", "\u2800", "\u200d", ".", "。……", "\u0301"]


@pytest.mark.parametrize("typed", UNREAD)
def test_what_nobody_can_read_says_nothing(typed):
    assert not says_something(typed)


@pytest.mark.parametrize("typed", ["无", "a", "7", "½", "\u2060是。"])
def test_one_letter_or_digit_says_something(typed):
    assert says_something(typed)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_what_is_kept_is_stable(typed):
    if text_problem(typed) is None:
        kept = clean_text(typed)
        assert clean_text(kept) == kept == unicodedata.normalize("NFC", kept)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("120", "120"),
        ("0", "0"),
        ("1,200.5", "1200.5"),
        (" 1，234，567．89 ", "1234567.89"),
        ("１２０", "120"),
        ("007", "7"),
        ("999999999999.99", "999999999999.99"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, amount):
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "not_a_number"),
        ("十二", "not_a_number"),
        ("1e5", "not_a_number"),
        ("=1+1", "not_a_number"),
        ("1,20", "not_a_number"),
        ("1.", "not_a_number"),
        ("٣", "not_a_number"),
        ("3²", "not_a_number"),
        ("nan", "not_a_number"),
        ("-5", "negative"),
        ("－5", "negative"),
        ("1.234", "too_many_decimals"),
        ("1000000000000", "too_large"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(typed, key):
    with pytest.raises(Refusal) as refused:
        parse_amount(typed)
    assert refused.value.messages[0].key == f"validation.{key}"


@pytest.mark.parametrize(
    ("typed", "permille"), [("85.5%", 855), ("100", 1000), ("３０％", 300), ("120", 1200)]
)
def test_percentages_become_permille(typed, permille):
    assert parse_percent(typed) == permille


def test_a_percentage_has_one_decimal():
    with pytest.raises(Refusal, match="最多保留 1 位小数"):
        parse_percent("85.55%")


@given(st.decimals(0, Decimal("999999999999.99"), places=2))
def test_a_number_written_out_is_read_back(amount):
    assert parse_amount(f"{amount:,.2f}") == amount
