"""What Streamlit's front end is told of whoever embeds it: nobody does, and nobody but us tells of errors."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

ADDRESS = "/_stcore/host-config"
# No other window may send it messages, and it opens no box of its own where the server does not answer: our line does.
CONFIG = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": True,
    "resourceCrossOriginMode": None,
}


class HostConfig:
    """ASGI middleware that answers instead of Streamlit, which takes no routes of others there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the one address, pass on any other."""
        answer = JSONResponse(CONFIG) if scope["type"] == "http" and scope["path"] == ADDRESS else self.app
        await answer(scope, receive, send)
