"""A register in words: its headers, and its entries in the reader's language."""

from datetime import date

import pandas as pd

from tracking.registers.contents import Known
from tracking.registers.definitions import Option, Register, RegisterField
from tracking.registers.wording import kept_word, register_headers, worded_register
from tracking.vocabulary import Body, FieldKind, Keeper, Language

FIELDS = (
    RegisterField("title", "名称", FieldKind.TEXT),
    RegisterField("side", "类别", FieldKind.CHOICE, options=(Option("one", "双边", "Bilateral"),)),
    RegisterField("places", "国家", FieldKind.COUNTRIES),
    RegisterField("value", "金额", FieldKind.AMOUNT),
    RegisterField("host", "单位", FieldKind.UNIT),
    RegisterField("old", "旧项", FieldKind.TEXT, retired=True),
)
REGISTER = Register("r", "登记册", Keeper.BOTH, FIELDS)
FRAME = pd.DataFrame(
    [
        ["北省", None, "甲", "one", ("KZ", "HK"), "1200.5 USD", 3, "南市", None],
        [None, Body.CCPIT, "乙", "gone", None, None, None, None, "有"],
    ],
    columns=[
        "authority_name",
        "body",
        "title",
        "side",
        "places",
        "value",
        "host",
        "host_name",
        "old",
    ],
    dtype=object,
)


def test_whom_a_field_refers_to_is_named_as_far_as_known():
    known = Known(date(2026, 3, 1), {FieldKind.UNIT: {3: "南市"}})
    host = FIELDS[4]
    assert [kept_word(host, one, known, Language.ZH_CN) for one in (3, 4, None)] == ["南市", "4", None]


def test_a_file_has_the_columns_of_its_register_and_of_what_was_withdrawn():
    standing = register_headers(REGISTER, FRAME.head(1), Language.ZH_CN, withdrawn=False)
    assert list(standing.values()) == [
        "登记单位",
        "名称",
        "类别",
        "国家",
        "金额",
        "单位",
        "记录编号",
        "登记时间",
        "登记人",
    ]
    gone = register_headers(REGISTER, FRAME, Language.EN, withdrawn=True)
    assert list(gone.values())[-3:] == ["Withdrawn", "Withdrawn by", "Why withdrawn"]
    assert gone["old"] == "旧项", "a retired field is shown where it was filled in"


def test_choices_countries_amounts_and_references_are_worded():
    columns = ["keeper_name", "side", "places", "value", "host"]
    chinese = worded_register(FRAME, REGISTER, Language.ZH_CN)[columns].to_numpy().tolist()
    assert chinese == [
        ["北省", "双边", "哈萨克斯坦、中国香港", "1,200.5 美元", "南市"],
        ["中国贸促会", "gone", None, None, None],
    ]
    english = worded_register(FRAME, REGISTER, Language.EN)[columns].to_numpy().tolist()
    assert english[0][1:4] == ["Bilateral", "Kazakhstan; Hong Kong, China", "1,200.5 US Dollar"]
    assert english[1][0] == "CCPIT"
