"""An urging slip as an official letter to its authority."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date

from tracking.documents.word import Heading, Paragraph, Signatures, official_document
from tracking.messages import text
from tracking.vocabulary import Language, SlipLevel


def urging_notice(slip: Mapping[str, Any], *, issued_on: date, on: date, language: Language) -> bytes:
    """The notice of one slip as issued, with the task's progress on that day.

    `slip` names level, ground, task_number, title, measure_short_title, due_on, completion_permille,
    answer_by, demand and authority_full_name. The answer comes later and is not part of it.
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
    return official_document(
        title=say("title", slip_level=SlipLevel(slip["level"])),
        addressee=slip["authority_full_name"],
        blocks=[
            Paragraph(facts),
            Heading(say("demand")),
            Paragraph(slip["demand"]),
            Paragraph(say("answer_by", day=day(slip["answer_by"]))),
            Signatures([say("issuer"), say("receiver")]),
        ],
        date_on=issued_on,
        language=language,
        signed_by=say("signed"),
    )
