"""Our own HTML pages: they need no script, and their policy allows none."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse

from db.audit.sample import sample_loaded
from db.engine import StoreFailed
from db.store import Store
from server import cookies
from server.forms import token_for
from server.request_context import language_of, site_of
from tracking.messages import Message, text
from tracking.vocabulary import Language

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# Language codes in HTML.
TAGS = {Language.ZH_CN: "zh-CN", Language.EN: "en"}


async def page(request: Request, template: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """One of our pages in the reader's language, with the token its forms must carry."""
    language, token = language_of(request), token_for(request)
    sample = await run_in_threadpool(_holds_sample, site_of(request).store)
    other = next(word for word in Language if word is not language)

    def t(key: str, /, **details: Any) -> str:
        return text(key, language, **details)

    def say(message: Message) -> str:
        return text(message.key, language, **message.values)

    html = _TEMPLATES.get_template(template).render(
        t=t,
        say=say,
        sample=sample,
        tag=TAGS[language],
        other=other,
        other_tag=TAGS[other],
        token=token,
        **values,
    )
    response = HTMLResponse(html, status, {"Content-Security-Policy": POLICY})
    cookies.set_form_token(response, token, secure=site_of(request).secure)
    return response


def _holds_sample(store: Store) -> bool:
    """Whether the page has to say that people and figures are invented; a store that is away says nothing."""
    try:
        return sample_loaded(store)
    except StoreFailed:
        return False
