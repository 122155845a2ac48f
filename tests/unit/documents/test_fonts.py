"""Pictures get Chinese letters from fonts that came after matplotlib had listed them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib import font_manager

from tests.support.fonts import needs_chinese_font
from tests.support.servers import ROOT
from tracking.documents.fonts import CHINESE, LAST, chinese_fonts, picture_fonts
from tracking.documents.pictures import completion_picture
from tracking.vocabulary import Language

# So matplotlib sees a machine on which nothing is installed.
HIDDEN = "MPL_IGNORE_SYSTEM_FONTS"


@pytest.fixture(autouse=True)
def _fonts_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    needs_chinese_font()
    monkeypatch.delenv(HIDDEN, raising=False)


@pytest.fixture
def listed_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process listed its fonts before any Chinese one was installed."""
    known = font_manager.fontManager.ttflist
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [entry for entry in known if entry.name == LAST])
    font_manager.fontManager._findfont_cached.cache_clear()


def shows_boxes() -> bool:
    """Two names of Chinese letters look the same only where each letter is a box."""
    one, other = (
        completion_picture([{"name": name, "completion": 500, "expected": 600}], language=Language.EN)
        for name in ("浙江", "重庆")
    )
    return one == other


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_a_running_server_draws_with_a_font_that_has_just_been_installed(
    listed_before, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(HIDDEN, "1")
    assert (picture_fonts(), shows_boxes()) == ([LAST], True)
    monkeypatch.delenv(HIDDEN)
    assert (picture_fonts()[0] in CHINESE, shows_boxes()) == (True, False)


def test_a_file_that_is_still_being_unpacked_keeps_no_other_font_away(
    listed_before, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "half.ttf").write_bytes(b"\0\1\0\0")
    (tmp_path / "empty.otf").touch()
    directories = [str(tmp_path), *font_manager.X11FontDirectories]
    monkeypatch.setattr(font_manager, "X11FontDirectories", directories)
    assert str(tmp_path / "half.ttf") in font_manager.findSystemFonts()
    assert chinese_fonts()


def test_fonts_are_not_listed_twice():
    before = len(font_manager.fontManager.ttflist)
    assert chinese_fonts() == chinese_fonts()
    assert len(font_manager.fontManager.ttflist) == before


def asked(folder: Path, *command: str, **environment: str) -> str:
    """What a process says whose list of fonts is kept in this folder."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"MPLCONFIGDIR": str(folder), "LC_ALL": "zh_CN.UTF-8"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_list_kept_from_before_the_fonts_came_is_mended_and_check_config_tells_both(tmp_path: Path):
    missing, found = "未找到中文字体", "可用中文字体绘制"
    check = ("-m", "server", "check-config")
    assert missing in asked(tmp_path, *check, **{HIDDEN: "1"})
    (kept,) = tmp_path.glob("fontlist-*.json")
    assert "CJK" not in kept.read_text()
    assert found in asked(tmp_path, *check)
    drawn = asked(tmp_path, "-c", "from tests.unit.documents.test_fonts import *; print(shows_boxes())")
    assert drawn.strip() == "False"
