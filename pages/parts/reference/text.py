"""The text of a notice on its page: its versions, its articles, and what an administrator does about them."""

from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.reference import texts as acts
from db.reference.passages import notice_texts_frame, passages_frame
from db.reference.rows import PassageRow, TextRow
from db.typed_rows import rows_as
from pages.parts.uploads.step_bar import step_bar
from pages.shared.choices import measure_names
from pages.shared.faults import error_summary
from pages.shared.filters import asked_number, pick
from pages.shared.forms import Form, small_form
from pages.shared.navigation import link, page_link
from pages.shared.reads import Reads
from pages.shared.wording import day, lines, moment, plain, translate
from tracking.documents.workbook_zip import LIMIT_MEGABYTES
from tracking.vocabulary import TitleSource

_HEADINGS = {1: "###", 2: "####", 3: "#####"}


def pick_version(reads: Reads, notice_id: int) -> TextRow | None:
    """The version in the address, else the newest; None if nothing was entered."""
    found = rows_as(TextRow, reads.common(notice_texts_frame, notice_id=notice_id))
    if not found:
        return None
    names = {text.text_id: _version_words(text) for text in found}
    chosen = pick("version", names) if len(names) > 1 else found[0].text_id
    return next(text for text in found if text.text_id == chosen)


def _version_words(text: TextRow) -> str:
    kind = translate("text_page.summary" if text.is_summary else "text_page.original")
    return translate("text_page.version", version=text.version, kind=kind, at=moment(text.entered_at))


def articles(reads: Reads, text: TextRow) -> list[PassageRow]:
    """The articles of a version in order."""
    return rows_as(PassageRow, reads.common(passages_frame, text_id=text.text_id))


def text_sentence(reads: Reads, notice_id: int, text: TextRow) -> str:
    """Whether this is the original or a summary, from where, whether it was checked, and how many measures are linked."""
    found = {row.measure_id for row in articles(reads, text) if row.measure_id}
    said = translate(
        "text_page.sentence_summary" if text.is_summary else "text_page.sentence_original",
        cited=plain(text.cited),
        mark=translate(f"title_source.{text.source}"),
        linked=len(found),
        measures=len(measure_names(reads, notice_id)),
    )
    if text.source is TitleSource.CONFIRMED:
        said += translate("text_page.checked", day=day(text.checked_on))
    return said


def show_articles(reads: Reads, notice_id: int, text: TextRow, *, leads: bool) -> None:
    """The articles, or the one of the measure in the address; with `leads`, each leads to the page of its measure."""
    found, names = articles(reads, text), measure_names(reads, notice_id)
    asked = asked_number("measure")
    narrowed = [row for row in found if row.measure_id == asked] if asked else []
    if narrowed:
        page_link("policy_text", translate("text_page.whole"), notice=notice_id)
    with st.container(key="articles"):
        for row in narrowed or found:
            _article(row, names.get(row.measure_id or 0, ""), leads=leads)


def _article(row: PassageRow, measure: str, *, leads: bool) -> None:
    mark = ""
    if measure:
        words = translate("text_page.measure", measure=measure)
        mark = (
            f"　:small[[{words}]({link('measure', measure=row.measure_id)})]"
            if leads
            else f"　:small[{words}]"
        )
    if row.heading or mark:
        st.markdown(f"{_HEADINGS.get(row.level, '####')} {plain(row.heading)}{mark}")
    if row.body:
        st.markdown(lines(row.body))


def keep_forms(reads: Reads, by: SignedIn, notice_id: int, text: TextRow | None) -> None:
    """What whoever keeps the catalogue does here: link, mark as checked, enter another version."""
    if text is not None:
        with st.expander(translate("text_page.link")):
            _link(reads, by, notice_id, text)
        if not text.is_summary:
            with st.expander(translate("text_page.confirm")):
                _confirm(reads, by, text)
    with st.expander(translate("text_page.enter"), expanded=text is None):
        enter_forms(by, notice_id)


def _link(reads: Reads, by: SignedIn, notice_id: int, text: TextRow) -> None:
    """One article and the measure it speaks of."""
    found = {row.passage_id: row for row in articles(reads, text)}
    named = {key: f"{row.number}　{(row.heading or row.body)[:40]}" for key, row in found.items()}
    passage = pick("passage", named, label=translate("text_page.passage"))
    form = small_form(f"link_{passage}")
    measures: dict[Any, str] = {
        None: translate("text_page.no_measure"),
        **measure_names(reads, notice_id),
    }
    chosen = form.choice(
        "measure_id", translate("text_page.its_measure"), measures, found[passage].measure_id
    )
    done = translate("text_page.linked")
    verb = translate("text_page.save_link")
    form.save(verb, acts.link_passage, done=done, by=by, passage_id=passage, measure_id=chosen)


def _confirm(reads: Reads, by: SignedIn, text: TextRow) -> None:
    form = small_form(f"confirm_text_{text.text_id}")
    st.caption(translate("reference_page.confirm_note"))
    checked_on = form.day("checked_on", translate("reference_page.checked_on"), reads.today)
    done = translate("reference_page.confirmed")
    verb = translate("reference_page.confirm")
    form.save(verb, acts.confirm_text, done=done, by=by, text_id=text.text_id, checked_on=checked_on)


def enter_forms(by: SignedIn, notice_id: int) -> None:
    """The original, pasted or as a file; from where it is taken is said once for both."""
    form = small_form(f"enter_text_{notice_id}")
    st.caption(translate("text_page.enter_note"))
    cited = form.text("cited", translate("reference_page.cited"), max_chars=acts.LIMITS["cited"])
    text = form.area("text", translate("text_page.text"), height=240, max_chars=acts.LIMITS["text"])
    asked: dict[str, Any] = {"by": by, "notice_id": notice_id, "cited": cited}
    done = translate("text_page.entered")
    form.save(translate("text_page.enter"), acts.enter_text, done=done, primary=True, text=text, **asked)
    file = st.file_uploader(
        translate("text_page.file"), key=f"text_file_{notice_id}", max_upload_size=LIMIT_MEGABYTES
    )
    if file is None:
        return
    given = Form.under_way(f"text_given_{file.file_id}")
    error_summary(given.refused)
    content = file.getvalue()
    verb = translate("text_page.enter_file", name=plain(file.name))
    given.save(
        verb, acts.enter_text_file, done=done, button="file", content=content, on_step=step_bar(), **asked
    )
