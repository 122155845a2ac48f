"""The code of a signed page: only the key makes it, and it is read however it was typed."""

import pytest
from hypothesis import given, strategies as some

from tracking.attestations.code import (
    ALPHABET,
    CODE_LENGTH,
    code_of,
    key_from,
    read_code,
    same_code,
    shown_code,
)
from tracking.messages import Refusal

KEY = key_from(b"secret")

SIGNS = some.text(ALPHABET, min_size=1)


@given(said=SIGNS, other=SIGNS)
def test_a_code_is_ten_signs_and_only_the_key_makes_it(said: str, other: str):
    code = code_of({"said": said}, KEY)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)
    assert read_code(shown_code(code)) == code
    assert same_code(code, code_of({"said": said}, KEY))
    assert not same_code(code, code_of({"said": said}, key_from(b"other")))
    assert (code == code_of({"said": other}, KEY)) == (said == other)


@given(said=SIGNS, place=some.integers(0, 9), other=some.integers(0, 9), sign=some.sampled_from(ALPHABET))
def test_one_wrong_sign_and_two_swapped_ones_are_noticed(said: str, place: int, other: int, sign: str):
    code = code_of({"said": said}, KEY)
    wrong, swapped = list(code), list(code)
    wrong[place] = sign
    swapped[place], swapped[other] = code[other], code[place]
    for typed in ("".join(wrong), "".join(swapped)):
        if typed != code:
            with pytest.raises(Refusal) as refused:
                read_code(typed)
            assert refused.value.messages[0].key == "attestation.mistyped"


@pytest.mark.parametrize(
    "typed",
    [
        "1ABC0-DEFG{}",
        "labco defg{}",
        "　ｉＡＢＣ０—ＤＥＦＧ{} ",
        "https://tracker.example/verify?code=1ABC0-DEFG{}",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str):
    (code,) = [found for sign in ALPHABET if (found := _read(f"1ABC0DEFG{sign}"))]
    assert read_code(typed.format(code[-1])) == code


def _read(typed: str) -> str | None:
    try:
        return read_code(typed)
    except Refusal:
        return None


@pytest.mark.parametrize(
    "typed", ["", "1ABC0", "1ABC0-DEFGHJ", "1ABCU-DEFGH", "校验码一二三四五六七", "'; --"]
)
def test_what_has_another_form_is_no_code(typed: str):
    with pytest.raises(Refusal) as refused:
        read_code(typed)
    assert refused.value.messages[0].key == "attestation.not_a_code"
