import re
from decimal import Decimal
from enum import StrEnum

import pytest

from tracking import vocabulary as words
from tracking.messages import Message, Refusal, amount_words, catalogue, refusal, text
from tracking.permissions import Right
from tracking.registers.definitions import Option
from tracking.vocabulary import Language, Role

WORDS = [
    kind
    for kind in vars(words).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]


def name_of(kind):
    return re.sub("(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [*WORDS, Right], ids=lambda kind: kind.__name__)
def test_every_closed_word_is_worded_in_both_languages(kind, language):
    for word in kind:
        assert catalogue(language)[f"{name_of(kind)}.{word}"]


@pytest.mark.parametrize("language", Language)
def test_every_role_is_described(language):
    assert all(len(catalogue(language)[f"role_help.{role}"]) > 10 for role in Role)


def test_values_are_worded_in_the_language_of_the_sentence():
    message = Message("permission.right_missing", right=Right.REVIEW)
    assert str(message) == "您没有“审核”权限；如工作需要，请向安全管理员申请。"
    assert "“Review”" in text(message.key, Language.EN, **message.values)


def test_a_list_is_joined_and_whatever_has_a_name_is_named_in_the_language_of_the_sentence():
    options = (Option("a", "甲", "One"), Option("b", "乙", "Two"))
    message = Message("register.no_option", options=options)
    assert str(message) == "请填写下列之一：甲、乙。"
    assert "One, Two" in text(message.key, Language.EN, **message.values)


def test_messages_and_amounts_within_a_message_are_worded_too():
    inner = Message("validation.actual_fell", before=Decimal("1200.00"), value=Decimal("60.50"))
    outer = Message("validation.in_task", number=3, field=Message("task_field.targets"), problem=inner)
    assert str(outer).startswith("任务 3“指标目标”：累计值由 1,200 降为 60.5，")


@pytest.mark.parametrize(
    ("amount", "written"),
    [("0", "0"), ("100", "100"), ("1234567.80", "1,234,567.8"), ("0.05", "0.05"), ("10.00", "10")],
)
def test_amounts_are_written_without_empty_decimals(amount, written):
    assert amount_words(Decimal(amount)) == written


def test_a_message_the_catalogue_lacks_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        text("no.such.message", Language.EN)


def test_a_refusal_is_fit_to_show_and_belongs_to_the_whole_form_unless_said():
    required = Message("validation.required")
    assert str(Refusal(required, required)) == "请填写此项。 请填写此项。"
    assert Refusal(required, required).fields == ("", "")
    assert Refusal(required, fields=("title",)).fields == ("title",)


def test_one_rule_gives_the_refusal_and_its_explanation():
    def check(allowed):
        if not allowed:
            raise Refusal(Message("validation.required"))

    assert refusal(check, True) is None
    assert refusal(check, allowed=False) == Message("validation.required")
