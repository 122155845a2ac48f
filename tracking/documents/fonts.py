"""The fonts of pictures: the machine's own, looked for again as long as none of them knows Chinese.

matplotlib lists the fonts once, in a file of the account and again in each process, and never sees what is
installed afterwards; its pictures would show boxes until somebody deletes that file and starts the server anew.
"""

from contextlib import suppress
from threading import Lock

from matplotlib.font_manager import findSystemFonts, fontManager

# The first of these that the machine has; none is bundled.
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
# It comes with matplotlib and knows no Chinese.
LAST = "DejaVu Sans"
_LOOKING = Lock()


def picture_fonts() -> list[str]:
    """The fonts to draw with, the best first; one that is not there would be complained of at every letter."""
    return [*chinese_fonts(), LAST]


def chinese_fonts() -> list[str]:
    """The Chinese fonts that the machine has now, the best first."""
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
            # A file that is just being unpacked, or none that can be drawn with: the others still count.
            with suppress(OSError, RuntimeError):
                fontManager.addfont(path)
