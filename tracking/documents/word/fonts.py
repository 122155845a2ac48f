"""Typefaces of official documents by name, with fallbacks. None is bundled.

GB/T 9704-2012, 5.2.2: body in 3号仿宋, title in 2号小标宋. Office programs read the substitutes, in their
order, from the table of fonts of the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font by the name files ask for, its aliases and substitutes, and its family."""

    name: str
    instead: tuple[str, ...]
    family: str = "roman"


TITLE = Typeface(
    "方正小标宋简体",
    ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "华文中宋", "STZhongsong", "Noto Serif CJK SC"),
)
BODY = Typeface(
    "仿宋", ("FangSong", "仿宋_GB2312", "华文仿宋", "STFangsong", "FandolFang", "Noto Serif CJK SC")
)
HEADING = Typeface("黑体", ("SimHei", "STHeiti", "Noto Sans CJK SC"), "swiss")
SECOND_HEADING = Typeface(
    "楷体", ("KaiTi", "楷体_GB2312", "STKaiti", "FandolKai", "Noto Serif CJK SC"), "script"
)
NUMBER = Typeface("宋体", ("SimSun", "STSong", "Noto Serif CJK SC"))
TYPEFACES = (TITLE, BODY, HEADING, SECOND_HEADING, NUMBER)
# The character set for simplified Chinese, as font tables write it.
_CHINESE = "86"


def name_fonts(document: Document) -> None:
    """Put a font table into the file, naming every typeface and its substitutes."""
    part, kind = document.part, RELATIONSHIP_TYPE.FONT_TABLE
    for key in [key for key, relation in part.rels.items() if relation.reltype == kind]:
        del part.rels[key]
    content = f"<w:fonts {nsdecls('w')}>{''.join(map(_entry, TYPEFACES))}</w:fonts>".encode()
    place = PackURI("/word/fontTable.xml")
    part.relate_to(Part(place, CONTENT_TYPE.WML_FONT_TABLE, content, part.package), kind)


def _entry(typeface: Typeface) -> str:
    return (
        f'<w:font w:name="{typeface.name}"><w:altName w:val="{",".join(typeface.instead)}"/>'
        f'<w:charset w:val="{_CHINESE}"/><w:family w:val="{typeface.family}"/></w:font>'
    )


def names_of(typeface: Typeface) -> Mapping[str, str]:
    """The attributes of `w:rFonts`: Chinese in this typeface, Latin letters and digits in a common one."""
    return {"w:eastAsia": typeface.name, "w:ascii": LATIN, "w:hAnsi": LATIN, "w:cs": LATIN}
