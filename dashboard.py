"""The one entry: `streamlit run dashboard.py` serves the pages, the routes and the middleware before them.

Streamlit finds `app` in the syntax tree of this file, so it must be assigned here by that name.
"""

from asyncio import base_events

import streamlit as st
from streamlit import config, net_util
from streamlit.runtime.pages_manager import PagesManager

from db.private_files import keep_private
from db.store import open_store
from server.lifespan import lifespan_for
from server.log import configure_log
from server.middleware import middleware_for, streamlit_shelf
from server.page_sessions import serve_pages_of_other_processes
from server.request_context import Site
from server.routes import ROUTES
from server.script_errors import quiet_refusals, report_script_error
from server.sockets import send_at_once
from server.theme_message import keep_the_theme

# Else a page opened by its address right after the start runs alone, without the entry script.
PagesManager.uses_pages_directory = False
# Else a foreign origin makes the server ask an outside host for its address, and wait.
net_util._external_ip = "127.0.0.1"
# Else the last frame of an answer waits for the acknowledgement of the one before.
base_events._set_nodelay = send_at_once  # type: ignore[attr-defined]  # asyncio's own, not told of in its types
# Else a click on a page that another process has drawn is dropped.
serve_pages_of_other_processes()
# Else the theme is put together at every run.
keep_the_theme()

keep_private()
configure_log()
quiet_refusals()
site = Site(open_store())
config.set_option("server.cookieSecret", site.store.settings.cookie_secret)
shelf = streamlit_shelf()
app = st.App(
    "pages/shared/entry.py",
    routes=ROUTES,
    middleware=middleware_for(site, shelf),
    lifespan=lifespan_for(
        site,
        shelf,
        ("tracking", "db", "pages.shared", "pages.parts"),
        but=("pages.shared.entry", "db.migrations", "db.seed"),
    ),
    on_script_error=report_script_error,
)
