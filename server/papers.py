"""Sending a paper: as the Word file that it is, or typeset as PDF where the address ends so."""

from collections.abc import Callable
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.downloads import attached
from server.file_routes import made_in_turn
from tracking.documents import pdf, word

WORD, PDF = ".docx", ".pdf"


def papers(place: str, make: Callable[[Request], Response]) -> tuple[Route, ...]:
    """The two addresses of a paper, both made in turn."""
    return tuple(Route(f"{place}{ending}", made_in_turn(make), methods=["GET"]) for ending in (WORD, PDF))


def paper(request: Request, content: bytes, *, name: str) -> Response:
    """A download of a Word file called `name`, in the format of the address.

    Raises `Refusal` for a PDF on a machine without a Chinese font.
    """
    asked = PurePosixPath(request.url.path)
    made, media_type = (
        (pdf.as_pdf(content), pdf.MEDIA_TYPE) if asked.suffix == PDF else (content, word.MEDIA_TYPE)
    )
    return attached(made, plain=asked.name, name=f"{name}{asked.suffix}", media_type=media_type)
