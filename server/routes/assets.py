"""The files of our own HTML pages."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from tracking.palette import Palette, palette
from tracking.vocabulary import Light

ASSETS = Path(__file__).parents[1] / "assets"
_NAMES = frozenset(path.name for path in ASSETS.iterdir())
_ASK_AGAIN = {"Cache-Control": "no-cache"}


async def show_asset(request: Request) -> Response:
    """GET /assets/<name>: one of our files; browsers cache it and revalidate."""
    name = request.path_params["name"]
    return FileResponse(ASSETS / name, headers=_ASK_AGAIN) if name in _NAMES else PlainTextResponse("", 404)


async def show_icon(_request: Request) -> FileResponse:
    """GET /favicon.png: the icon, under the names browsers request."""
    return FileResponse(ASSETS / "icon.svg", headers=_ASK_AGAIN)


async def show_colours(_request: Request) -> Response:
    """GET /assets/colours.css: the product's palettes as variables, the dark one if the browser prefers it."""
    light, dark = (_variables(palette(dark=dark)) for dark in (False, True))
    css = f":root {{{light}}}\n@media (prefers-color-scheme: dark) {{:root {{{dark}}}}}\n"
    return Response(css, headers=_ASK_AGAIN, media_type="text/css")


def _variables(colours: Palette) -> str:
    named = {name: getattr(colours, name) for name in ("paper", "quiet", "rule", "ink", "second", "primary")}
    named |= {"red": colours.lights[Light.RED], "on-primary": colours.text_on(colours.primary)}
    return "".join(f"--{name}:{value};" for name, value in named.items())
