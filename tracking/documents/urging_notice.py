"""An urging slip as an official letter to its authority."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date

from tracking.documents.word import Block, Heading, Paragraph, Signatures, official_document
from tracking.messages import text
from tracking.vocabulary import Language, SlipLevel


def urging_notice(slip: Mapping[str, Any], *, issued_on: date, on: date, language: Language) -> bytes:
    """A draft of the notice of one slip as it stands on a day.

    `slip` names level, ground, task_number, title, measure_short_title, due_on, completion_permille, answer_by,
    demand, answer and authority_full_name. Without an answer the notice leaves that part out.
    """

    def say(key: str, /, **values: Any) -> str:
        return text(f"urging_notice.{key}", language, **values)

    def day(value: date) -> str:
        return str(format_date(value, "long", locale=language))

    facts = say(
        "facts",
        task=slip["task_number"],
        title=slip["title"],
        measure=slip["measure_short_title"],
        due_on=day(slip["due_on"]),
        day=day(on),
        completion=f"{slip['completion_permille'] / 10:.1f}%",
        slip_ground=slip["ground"],
    )
    answered: list[Block] = [Heading(say("answer")), Paragraph(slip["answer"])] if slip["answer"] else []
    return official_document(
        title=say("title", slip_level=SlipLevel(slip["level"])),
        addressee=slip["authority_full_name"],
        blocks=[
            Paragraph(facts),
            Heading(say("demand")),
            Paragraph(slip["demand"]),
            Paragraph(say("answer_by", day=day(slip["answer_by"]))),
            *answered,
            Signatures([say("issuer"), say("receiver")]),
        ],
        date_on=issued_on,
        language=language,
        signed_by=say("signed"),
        draft=say("draft"),
    )
