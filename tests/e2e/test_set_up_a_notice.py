"""A new administrator sets up a notice by the manual: 8 measures, 12 units of three kinds, a register."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from db.seed import DEMO_PASSWORD
from tests.e2e.walking import Walk, zh
from tests.support.servers import Server, run_command, start_server
from tests.support.unit_lists import unit_list

MANUAL = Path("docs/manual/设立一个通知.md")
NUMBER = "示例函〔2026〕12号"
TEXT = """一、拓展合作渠道
（一）组织企业参加展会
每年组织企业参加境外展会。
（二）开展供需对接
（三）建设合作园区
二、提升服务能力
（四）开展人才培训
（五）提供法律服务
（六）完善融资支持
三、营造良好环境
（七）加强信息服务
（八）加强宣传推介
四、组织保障
（一）加强组织领导
"""
DEPARTMENT, INDUSTRY = "贸促会部门和单位", "行业贸促会"
UNITS = (
    *((f"D0{place}", f"示例业务部门{place}", f"部门{place}", DEPARTMENT, "", "") for place in range(1, 5)),
    *((f"H0{place}", f"示例行业分会{place}", f"分会{place}", INDUSTRY, "", "") for place in range(1, 4)),
)


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A site as it is right after its setting up, and the initial passwords of its administrators."""
    folder = tmp_path_factory.mktemp("new_site")
    told = json.loads(run_command(folder, "init", "--administrators", "--json"))
    server = start_server(folder)
    yield server, {row["sign_in_name"]: row["password"] for row in told["accounts"]}
    server.stop()


@pytest.fixture(scope="session")
def base_url() -> str:
    """Nobody asks the server that other tests share."""
    return ""


def found_units(walk: Walk, list_file: Path) -> None:
    walk.go("units")
    walk.view(zh("hierarchy.view.many"))
    walk.upload(list_file)
    walk.type(zh("hierarchy.reason"), "示例函〔2026〕1号")
    walk.press(zh("unit_list.take"), zh("unit_list.taken"))


def found_notice(walk: Walk) -> None:
    walk.go("reference_data")
    walk.view(zh("reference_page.view_notices"))
    walk.unfold(zh("notices.found"))
    walk.type(zh("notice_fact_key.number"), NUMBER)
    walk.type(zh("notice_fact_key.title"), "关于开展示例专项行动的通知")
    walk.type(zh("notice_fact_key.issued_by"), "示例部门")
    walk.press(zh("notices.found"), zh("notices.founded"))
    walk.reads(NUMBER)


def take_catalogue(walk: Walk) -> None:
    walk.view(zh("reference_page.view_proposals"))
    walk.type(zh("reference_page.cited"), "示例部门网站")
    walk.type(zh("text_page.text"), TEXT)
    walk.press(zh("text_page.enter"), zh("text_page.entered"))
    walk.reads(zh("proposals.count_measure", count=8))
    walk.press(zh("proposals.take"), zh("proposals.taken"))


def address_units(walk: Walk) -> None:
    walk.view(zh("reference_page.view_addressed"))
    walk.choose(zh("addressed.kinds"), zh("authority_kind.separate_plan_city"), INDUSTRY, DEPARTMENT)
    walk.type(zh("addressed.reason"), "通知发送范围")
    walk.press(zh("addressed.save"), zh("addressed.saved"))
    walk.reads("12 家")


def add_indicator(walk: Walk) -> None:
    walk.view(zh("reference_page.view_catalogue"))
    walk.view("指标")
    walk.unfold(zh("reference_page.add_indicator"))
    walk.type(zh("reference_page.name"), "参加展会")
    walk.type(zh("reference_page.unit"), "场")
    walk.press(zh("reference_page.add_indicator"), zh("reference_page.added_indicator"))


def add_register(walk: Walk) -> None:
    walk.view("登记册 ")
    walk.unfold(zh("reference_page.add_register"))
    walk.type(zh("register_def.title"), "参加展会情况")
    walk.choose(zh("register_def.entries_feed"), "参加展会")
    walk.type(zh("register_def.title"), "展会名称", 1)
    walk.press(zh("reference_page.add_register"), zh("reference_page.added_register"))
    walk.view("登记册字段")
    walk.unfold(zh("reference_page.add_register_field"))
    walk.type(zh("register_def.title"), "参展日期")
    walk.choose(zh("register_def.kind"), "日期")
    walk.press(zh("reference_page.add_register_field"), zh("reference_page.added_register_field"))


def test_a_notice_is_set_up_by_the_manual(
    new_site: tuple[Server, dict[str, str]],
    new_context: Callable[..., BrowserContext],
    requested: list[str],
    tmp_path: Path,
) -> None:
    server, initial = new_site
    list_file = tmp_path / "单位名录.csv"
    list_file.write_bytes(unit_list(*UNITS))

    walk = Walk(new_context().new_page(), server.url)
    walk.sign_in("sysadmin", initial["sysadmin"], DEMO_PASSWORD)
    found_units(walk, list_file)
    for part in (found_notice, take_catalogue, address_units, add_indicator, add_register):
        part(walk)

    said = re.search(r"不到 (\d+) 步", MANUAL.read_text(encoding="utf-8"))
    assert said
    assert walk.steps < int(said[1])
    assert requested
