"""The files of an upload of several: what came of each, and one of them to look at."""

from typing import Any

import pandas as pd
import streamlit as st

from db.tables import Upload
from pages.shared.filters import pick, with_all
from pages.shared.tables import plain_table
from pages.shared.wording import language, plain, translate
from tracking.ledgers.results import text_in


def files(upload: Upload) -> None:
    """How many rows were read of each file, and why one was not; nothing for a single one."""
    if upload.files is None:
        return
    lost = [file for file in upload.files if file["refused"]]
    if lost:
        told = "\n".join(f"- **{plain(file['name'])}**：{plain(_why(file))}" for file in lost)
        st.warning(translate("import_page.files_lost", count=len(lost)) + "\n\n" + told)
    read = len(upload.files) - len(lost)
    with st.expander(translate("import_page.files_read", count=read)):
        lines = [
            {"workbook": file["name"], "rows": file["rows"], "problem": _why(file)} for file in upload.files
        ]
        plain_table(pd.DataFrame(lines), printed="files")


def title_of(upload: Upload) -> str:
    """The name of an upload; of several files that of the first, with their number."""
    if upload.files is None:
        return plain(upload.name)
    return translate("import_page.several", name=plain(upload.name), count=len(upload.files))


def pick_file(upload: Upload) -> int | None:
    """The file whose problems and changes are shown, None for all."""
    if upload.files is None:
        return None
    names = {at: file["name"] for at, file in enumerate(upload.files) if not file["refused"]}
    with st.columns([1, 3], gap="small")[0]:
        chosen: int | None = pick("file", with_all(names, "file"))
    return chosen


def of_file(upload: Upload, file: int | None) -> dict[str, Any]:
    """The column that names the file of a line; none for a single one."""
    return {} if upload.files is None else {"workbook": name_of(upload, file)}


def name_of(upload: Upload, file: int | None) -> str:
    """The name of a file of an upload of several, empty for what is in none of them."""
    return "" if file is None else str(upload.files[file]["name"])


def marked_link(place: Any, upload: Upload, file: int | None) -> None:
    """The link to the workbook with its problems marked; of several one has to be chosen."""
    address = f"/ledger-marked.xlsx?upload={upload.id}"
    if upload.files is None:
        file = 0
    if file is None:
        place.caption(translate("import_page.mark_one"))
        return
    place.link_button(
        translate("import_page.marked"),
        f"{address}&file={file}" if file else address,
        icon=":material/download:",
    )


def _why(file: dict[str, Any]) -> str:
    return " ".join(text_in(words, language()) for words in file["refused"])
