"""The language in which a program is answered."""

from starlette.requests import Request

from tracking.vocabulary import Language


def language_of(request: Request) -> Language:
    """The supported language that `Accept-Language` prefers; Chinese if it names none."""
    ranges = [part.strip() for part in request.headers.get("accept-language", "").split(",")]
    for name in sorted(ranges, key=_weight, reverse=True):
        if name[:2].lower() in {"zh", "en"}:
            return Language.EN if name[:2].lower() == "en" else Language.ZH_CN
    return Language.ZH_CN


def _weight(part: str) -> float:
    try:
        return float(part.partition(";q=")[2] or 1)
    except ValueError:
        return 0
