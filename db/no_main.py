"""Imported by what processes beside the server are forked from: none of them runs the main script again.

Streamlit makes the page that runs the main module, and a new process would run that page's file before its work.
"""

from multiprocessing import spawn

spawn._fixup_main_from_path = lambda _path: None  # type: ignore[attr-defined]  # not told of in its types
