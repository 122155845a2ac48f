"""The fonts of pictures: the machine's own, looked for again as long as none of them knows Chinese.

matplotlib lists the fonts once, in a file of the account and again in each process, and never sees what is
installed afterwards; its pictures would show boxes until somebody deletes that file and starts the server anew.
"""

from contextlib import suppress
from threading import Lock

from matplotlib.font_manager import findSystemFonts, fontManager

# The first one installed is used; none is bundled.
CHINESE = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Noto Sans SC",
    "Noto Sans CJK JP",
    "Noto Serif CJK SC",
    "SimSun",
)
# Comes with matplotlib; has no Chinese.
LAST = "DejaVu Sans"
_LOOKING = Lock()


def picture_fonts() -> list[str]:
    """The installed fonts to draw with, best first; matplotlib warns about a missing one at every letter."""
    return [*chinese_fonts(), LAST]


def chinese_fonts() -> list[str]:
    """The Chinese fonts installed now, best first."""
    with _LOOKING:
        if not _listed():
            _list_new_files()
        return _listed()


def _listed() -> list[str]:
    there = {entry.name for entry in fontManager.ttflist}
    return [name for name in CHINESE if name in there]


def _list_new_files() -> None:
    known = {entry.fname for entry in fontManager.ttflist}
    for path in findSystemFonts():
        if path not in known:
            # A file still being unpacked, or not usable for drawing: the others still count.
            with suppress(OSError, RuntimeError):
                fontManager.addfont(path)
