"""A briefing as an official document: its text, annexes and bar chart."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracking.documents.word import Annex, Block, Heading, Paragraph, Picture, Table, official_document
from tracking.messages import text
from tracking.vocabulary import Language

_LISTED = re.compile(r"(?<=、)(?=\d)")


def briefing_document(
    content: Mapping[str, Any], *, on: date, issued: bool, kind: str, language: Language
) -> bytes:
    """The Word file of a version, `content` as returned by `tracking.briefings.text.content_of`.

    Every page is marked as a draft until the briefing is issued.
    """
    return official_document(
        title=content["title"],
        addressee=content["addressee"],
        blocks=_body(content["sections"], kind, language),
        annexes=_annexes(content, kind, language),
        signed_by=text("briefing.signed", language),
        date_on=on,
        draft="" if issued else text("briefing.draft", language),
        language=language,
    )


def heading_of(key: str, kind: str, language: Language) -> str:
    """The heading of a section; the breakdown has a different one for each kind."""
    return text(f"briefing.heading_rows_{kind}" if key == "rows" else f"briefing.heading_{key}", language)


def _body(sections: Mapping[str, str], kind: str, language: Language) -> Sequence[Block]:
    blocks: list[Block] = []
    for key, words in sections.items():
        if key != "opening" and words:
            blocks.append(Heading(heading_of(key, kind, language)))
        blocks.append(Paragraph(_breakable(words)))
    return blocks


def _breakable(words: str) -> str:
    """Let long lists of numbers break after each; otherwise office programs stretch the words before them."""
    return _LISTED.sub("\u200b", words)


def _annexes(content: Mapping[str, Any], kind: str, language: Language) -> list[Annex]:
    annexes = [
        Annex(
            annex["title"],
            [
                Table(annex["headers"], annex["rows"], annex["widths"]),
                *([Paragraph(annex["note"])] if annex["note"] else []),
            ],
        )
        for annex in content["annexes"]
    ]
    if content["bars"]:
        from tracking.documents.pictures import completion_picture  # draws by a library slow to import

        picture = Picture(
            completion_picture(content["bars"], language=language),
            described=text("briefing.picture_described", language),
        )
        annexes.append(Annex(text(f"briefing.annex_picture_{kind}", language), [picture]))
    return annexes
