"""A Word file of ours as PDF: read back, and typeset anew by the same rules (decision 31)."""

import json
import shutil
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tracking.documents.pdf.fonts import fonts_of
from tracking.documents.pdf.reading import Parts
from tracking.documents.word.numbering import LEVELS
from tracking.documents.word.styles import BODY_SIZE, CLOSER, MANNERS, Manner
from tracking.vocabulary import Language

MEDIA_TYPE = "application/pdf"
_LAYOUT = Path(__file__).with_name("paper.typ")
_PLACED = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.LEFT: "left",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
    WD_ALIGN_PARAGRAPH.JUSTIFY: "justify",
}
# How the typesetter writes the first number of a kind.
_FIRST = {"chineseCounting": "一", "decimal": "1", "lowerLetter": "a", "lowerRoman": "i"}


def as_pdf(content: bytes, fonts: typst.Fonts | None = None) -> bytes:
    """The PDF of a file made by `official_document`; the same file and fonts always give the same bytes.

    `fonts` are those of the machine unless given. Raises `Refusal` if none of them knows Chinese.
    """
    fonts = fonts or typst.Fonts()
    document = docx.Document(BytesIO(content))
    parts = Parts(document)
    said = _said(document, parts, fonts.families())
    with TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copy(_LAYOUT, place)
        (place / "paper.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        for name, picture in parts.pictures.items():
            (place / name).write_bytes(picture)
        made = document.core_properties.created
        return typst.compile(place / _LAYOUT.name, root=place, font_paths=fonts, timestamp=made)


def _said(document: Document, parts: Parts, there: Collection[str]) -> Mapping[str, Any]:
    about = document.core_properties
    language = Language(about.language.replace("-", "_"))
    tongue, _, region = about.language.partition("-")
    return {
        "title": about.title,
        "day": [about.created.year, about.created.month, about.created.day],
        "language": tongue,
        "region": region.lower() or None,
        "head": document.sections[0].header.paragraphs[0].text,
        "numbers": [_pattern(at, *level) for at, level in enumerate(LEVELS[language], start=1)],
        "manners": {name: _manner(manner, there) for name, manner in MANNERS.items()},
        "parts": parts.all(),
    }


def _pattern(at: int, form: str, words: str) -> str:
    return words.replace(f"%{at}", _FIRST[form])


def _manner(manner: Manner, there: Collection[str]) -> Mapping[str, Any]:
    return {
        "fonts": fonts_of(manner.typeface, there),
        "size": manner.size,
        "line": manner.line,
        "first": manner.first,
        "placed": _PLACED[manner.placed],
        "tracking": CLOSER / 20 if manner.size == BODY_SIZE else 0,
    }
