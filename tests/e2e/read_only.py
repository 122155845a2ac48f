"""The product, whose SQLite store may only be read while a file of this name lies beside it."""

import os
import sys
from pathlib import Path
from typing import Any

import streamlit as st
from sqlalchemy import Engine, event

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
MARK = "read-only"


@event.listens_for(Engine, "begin")
def _may_it_write(connection: Any) -> None:
    protected = Path(os.environ["DATA_DIR"], MARK).exists()
    connection.exec_driver_sql(f"PRAGMA query_only = {int(protected)}")


if __name__ == "never":
    app = st.App("")  # the server looks for such a line
