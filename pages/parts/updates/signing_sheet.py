"""The signatory's sheet: every report on one page in the order of the plan, all of them ticked; sign all, or all but."""

from collections.abc import Callable, Collection, Sequence

import streamlit as st

from db.identity import SignedIn
from pages.parts.updates.news import Indicators
from pages.parts.updates.several import Several
from pages.parts.updates.signing_lines import SigningLine, detail_words, light_words, share_words
from pages.shared.faults import error_summary
from pages.shared.forms import Form
from pages.shared.wording import translate
from pages.shared.worklist import OPENED
from tracking.signing import Attention

_LEFT_OUT = "left_unsigned"


def signing_sheet(
    name: str,
    several: Several,
    lines: Sequence[SigningLine],
    *,
    by: SignedIn,
    indicators: Indicators,
    chosen: int | None,
    show: Callable[[int], None],
) -> None:
    """The reports of a queue by how much of a look they ask for, under the one button for all that is ticked.

    `show` draws the one that is opened under its line.
    """
    form = Form.under_way(name)
    left_out = {line.update_id for line in lines if not _is_ticked(form, line.update_id)}
    with st.container(key=f"signing_sheet_{name}"):
        _button(form, several, lines, left_out, by)
        error_summary(form.refused)
        form.refused = None  # told once, for what is ticked changes under it
        for part in Attention:
            of_part = [line for line in lines if line.attention is part]
            if of_part:
                title = translate(f"sign_off.{part}")
                st.markdown(f"**{translate('list.group', title=title, count=len(of_part))}**")
            for line in of_part:
                is_open = line.update_id == chosen
                _draw(form, line, detail_words(line, indicators), is_open=is_open)
                if is_open:
                    with st.container(key="opened_report", border=True):
                        show(line.update_id)


def _button(
    form: Form, several: Several, lines: Sequence[SigningLine], left_out: Collection[int], by: SignedIn
) -> None:
    """What is unusual among those ticked is named before it is signed, and whatever cannot be taken back."""
    signed = [line for line in lines if line.update_id not in left_out]
    numbers = [str(line.item.planned.number) for line in signed if line.attention is Attention.UNUSUAL]
    said = [translate(f"{several.name}_consequence", count=len(signed))] if several.asks else []
    if numbers:
        said.append(translate("sign_off.among_them", count=len(numbers), numbers="、".join(numbers)))
    verb = f"{several.name}_but" if left_out else f"{several.name}_of"
    form.save(
        translate(verb, count=len(signed), left=len(left_out)),
        several.action,
        done=translate(f"{several.name}_done", count=len(signed)),
        consequence="  \n".join(said),
        primary=True,
        disabled=not signed,
        by=by,
        update_ids=[line.update_id for line in signed],
    )


def _draw(form: Form, line: SigningLine, detail: str, *, is_open: bool) -> None:
    key = line.update_id
    with st.container(key=f"line_open_{key}" if is_open else f"line_{key}"):
        with st.container(
            key=f"signing_row_{key}", horizontal=True, vertical_alignment="center", gap="small"
        ):
            _tick(form, line)
            st.button(
                line.title,
                key=f"open_update_{key}",
                type="tertiary",
                width="stretch",
                on_click=_close if is_open else _open,
                args=(key,),
            )
            st.markdown(light_words(line), width="content")
            st.markdown(share_words(line), width="content")
        if detail:
            st.markdown(detail)


def _tick(form: Form, line: SigningLine) -> None:
    key = line.update_id
    st.checkbox(
        translate("list.tick", line=translate("list.task", number=line.item.planned.number)),
        _is_ticked(form, key),
        key=form.key(f"tick_{key}"),
        label_visibility="collapsed",
        on_change=_leave,
        args=(form.key(f"tick_{key}"), key),
    )


def _is_ticked(form: Form, update_id: int) -> bool:
    """All are, but for what was left out, which stays so after the others are signed."""
    return bool(form.typed(f"tick_{update_id}", update_id not in st.session_state.get(_LEFT_OUT, ())))


def _leave(tick: str, update_id: int) -> None:
    left_out = st.session_state.setdefault(_LEFT_OUT, set())
    (left_out.discard if st.session_state[tick] else left_out.add)(update_id)


def _open(update_id: int) -> None:
    _close(update_id)
    st.query_params["update"] = str(update_id)


def _close(_update_id: int) -> None:
    for name in OPENED:
        st.query_params.pop(name, None)
