"""The HTML shell in which Streamlit's front end starts, in the officer's language.

Browsers choose the shapes of Chinese characters by `lang`, which Streamlit leaves at English.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from streamlit import file_util

from server.html import TAGS
from server.own_scripts import own_scripts
from server.request_context import language_of
from tracking.messages import text
from tracking.vocabulary import Language

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Streamlit's own font, 200 KB that our theme never uses, and the address of a closed interface.
_NOT_WANTED = re.compile(r'<link\s+rel="(?:preload|service-desc)".*?/>|<!--.*?-->', re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Shell:
    """The page and the policy that allows exactly its own scripts; styles are generated in the browser."""

    html: str
    policy: str


async def show_shell(request: Request) -> HTMLResponse:
    """GET any page: the front end, which opens its websocket."""
    shell = shell_in(language_of(request))
    return HTMLResponse(shell.html, headers={"Content-Security-Policy": shell.policy})


async def show_home(request: Request) -> RedirectResponse:
    """GET /home: the home page has no name, and Streamlit knows no other address for it."""
    return RedirectResponse(request.url.replace(scheme="", netloc="", path="/"), 303)


@cache
def shell_in(language: Language) -> Shell:
    """The front end's page in a language."""
    html = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    html = _NOT_WANTED.sub("", html)
    html = _NOSCRIPT.sub(f"<noscript><p>{escape(text('server.needs_script', language))}</p></noscript>", html)
    html = html.replace('<html lang="en">', f'<html lang="{TAGS[language]}">')
    html = html.replace(
        "<title>Streamlit</title>", f"<title>{escape(text('server.title', language))}</title>"
    )
    scripts = "".join(f"<script>{script}</script>" for script in own_scripts(language))
    html = html.replace('"./', '"/').replace("<head>", f"<head>{scripts}")
    return Shell(html, _POLICY.format(scripts="".join(map(_source_of, _INLINE_SCRIPT.findall(html)))))


def _source_of(script: str) -> str:
    return f" 'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
