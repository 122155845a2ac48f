"""The order in which a connection passes our middleware, outermost first."""

from collections.abc import Sequence
from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from streamlit import config, file_util

from server.failures import Failures
from server.gate import Gate
from server.headers import SecurityHeaders
from server.host_config import HostConfig
from server.request_context import Site
from server.static_files import Shelf, StaticFiles


def middleware_for(site: Site, shelf: Shelf) -> Sequence[Middleware]:
    """Headers on every answer, then pages for what fails, the hosts we are, the files that everybody gets, and the gate."""
    hosts = config.get_option("server.allowedHosts") or ["*"]
    return (
        Middleware(SecurityHeaders, secure=site.secure),
        Middleware(Failures, site=site),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(StaticFiles, shelf=shelf),
        Middleware(Gate, site=site),
        Middleware(HostConfig),
    )


def streamlit_shelf() -> Shelf:
    """The static files of Streamlit's front end."""
    return Shelf(Path(file_util.get_static_dir(), "static"))
