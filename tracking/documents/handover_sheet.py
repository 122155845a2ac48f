"""The sheet of a handover as a Word file, ready to be signed by both and by the supervisor."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracking.documents.word import Block, Paragraph, Signatures, Table, official_document
from tracking.handovers.state import HandoverLine
from tracking.handovers.wording import COLUMNS, SIGNED_BY, cells, facts
from tracking.messages import text
from tracking.vocabulary import Language

_FACT_WIDTHS = (1, 5)
_WIDTHS = (5, 2.6, 9, 4.2, 3.6, 3.6)


def handover_document(
    row: Mapping[str, Any],
    lines: Sequence[HandoverLine],
    *,
    whole: bool,
    draft: bool,
    today: date,
    language: Language,
) -> bytes:
    """The facts under the authority's name, every item as it was and as it is now, and the signature fields.

    `whole` is false for a reader who may not see what the authority has not submitted; the sheet then says
    so.
    """
    head, *rest = facts(row, language)
    blocks: list[Block] = [Table(headers=head, rows=rest, widths=_FACT_WIDTHS)]
    blocks += _items(lines, today, language)
    if not whole:
        blocks.append(Paragraph(text("handover_page.not_shown", language)))
    blocks.append(Paragraph(text("handover_sheet.confirmed", language)))
    places = (*SIGNED_BY, "sign_date")
    blocks.append(Signatures([text(f"handover_sheet.{name}", language) for name in places]))
    return official_document(
        title=text("handover_sheet.title", language),
        blocks=blocks,
        date_on=today,
        language=language,
        draft=text("handover_sheet.draft", language) if draft else "",
        dated=False,
    )


def _items(lines: Sequence[HandoverLine], today: date, language: Language) -> list[Block]:
    if not lines:
        return [Paragraph(text("handover_sheet.nothing", language))]
    return [
        Table(
            headers=[text(f"handover_sheet.{column}", language) for column in COLUMNS],
            rows=[cells(line, language) for line in lines],
            widths=_WIDTHS,
            caption=text("handover_sheet.items", language, day=today),
        )
    ]
