"""What an entry in a register must hold: texts, days that have been, a link that is safe to keep."""

from datetime import date

import pandas as pd
import pytest

from tracking.registers import register_headers, worded_register
from tracking.validation.registers import CooperationDraft, MechanismDraft, PublicityDraft, check_register
from tracking.vocabulary import Language, Register

TODAY = date(2026, 3, 20)
MECHANISM = MechanismDraft(established_on=TODAY, lead_leader="某领导")
PUBLICITY = {"published_on": TODAY, "channel": "网站", "title": "标题"}


def wrong(draft) -> dict[str, str]:
    """Field → the name of what is wrong with it."""
    return {problem.field: problem.message.key for problem in check_register(draft, TODAY)}


def test_a_complete_entry_is_right():
    assert wrong(MECHANISM) == {}
    assert wrong(CooperationDraft("某国", "商会", established_on=date(2020, 1, 1))) == {}
    assert wrong(PublicityDraft(**PUBLICITY)) == {}


def test_everything_that_is_missing_is_told_at_once():
    required = "validation.required"
    assert wrong(MechanismDraft()) == {"established_on": required, "lead_leader": required}
    assert wrong(CooperationDraft()) == dict.fromkeys(
        ("partner_place", "partner_body", "established_on"), required
    )
    assert wrong(PublicityDraft()) == dict.fromkeys(("published_on", "channel", "title"), required)


def test_a_day_still_to_come_is_refused_and_today_is_not():
    late = PublicityDraft(**PUBLICITY | {"published_on": date(2026, 3, 21)})
    assert wrong(late) == {"published_on": "register.in_future"}


def test_a_day_before_all_registers_is_refused():
    assert wrong(CooperationDraft("某国", "商会", established_on=date(1949, 9, 30))) == {
        "established_on": "validation.day_far_off"
    }


def test_a_text_is_no_longer_than_its_column():
    assert wrong(CooperationDraft("某" * 61, "商会", established_on=TODAY)) == {
        "partner_place": "validation.too_long"
    }


@pytest.mark.parametrize(
    "link",
    ["", "  ", "https://www.gov.example/a?b=1#c", "https://政务.示例/新闻", "https://example.org:8443/"],
)
def test_a_whole_https_address_or_none_is_kept(link):
    assert wrong(PublicityDraft(**PUBLICITY, link=link)) == {}


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org/",
        "www.example.org",
        "javascript:alert(1)",
        "https://",
        "https://localhost/",
        "https://user:secret@example.org/",
        "https://example.org/a b",
        "https://example.org:port/",
        "https://[::1/",
        "data:text/html,<b>x</b>",
    ],
)
def test_anything_else_is_no_link(link):
    assert wrong(PublicityDraft(**PUBLICITY, link=link)) == {"link": "register.not_https"}


def test_a_file_has_the_columns_of_its_register_and_of_what_was_withdrawn():
    standing = register_headers(Register.PUBLICITY, Language.ZH_CN, withdrawn=False)
    assert list(standing.values()) == ["单位", "日期", "渠道", "标题", "网址", "登记时间", "登记人"]
    gone = register_headers(Register.PUBLICITY, Language.EN, withdrawn=True)
    assert list(gone.values())[-3:] == ["Withdrawn", "Withdrawn by", "Why withdrawn"]


def test_bilateral_and_multilateral_are_worded():
    frame = pd.DataFrame({"multilateral": [False, True]})
    assert worded_register(frame, Language.ZH_CN)["multilateral"].tolist() == ["双边", "多边"]
    assert worded_register(frame[[]], Language.ZH_CN).empty
