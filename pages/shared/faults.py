"""What is wrong with a form as it is shown: all of it on top, each fault beside its field, a count beside the button."""

from collections.abc import Mapping

import streamlit as st

from pages.shared.wording import message_text, plain, translate
from tracking.messages import Message, Refusal

# A ledger handed over as a whole may have one for each row.
MOST_LINES = 50


def error_summary(refused: Refusal | None, labels: Mapping[str, str] | None = None) -> None:
    """Every fault, at the top of the form, each with a link to its field; `labels` names the fields."""
    if refused is None:
        return
    found = list(zip(refused.messages, refused.fields, strict=True))
    lines = [_line(message, field, labels or {}) for message, field in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        lines += ["", translate("page.more_wrong", count=f"{len(found) - MOST_LINES:,}")]
    st.error("\n".join([translate("page.mend"), "", *lines]))


def _line(message: Message, field: str, labels: Mapping[str, str]) -> str:
    said = plain(message_text(message))
    if field in labels and not said.startswith(plain(labels[field])):
        said = translate("page.field_wrong", field=plain(labels[field]), wrong=said)
    return f"- [{said}](#{anchor(field)})" if field else f"- {said}"


def line_faults(refused: Refusal | None, keys: Mapping[str, int], *, param: str) -> None:
    """The same where lines of a list are refused, at fields `tasks.<name>.<field>`: each fault opens its line at the field.

    `keys` are those of the lines by name, as the address has them under `param`.
    """
    if refused is None:
        return
    found = [
        (message, *_parted(field, keys))
        for message, field in zip(refused.messages, refused.fields, strict=True)
    ]
    of_lines = [(message, key, field) for message, key, field in found if key is not None]
    others = [(message, field) for message, key, field in found if key is None]
    if others:
        messages, fields = zip(*others, strict=True)
        error_summary(Refusal(*messages, fields=fields))
    elif of_lines:
        st.error(translate("page.mend"))
    with st.container(key="faults_of_lines"):
        for place, (message, key, field) in enumerate(of_lines[:MOST_LINES]):
            own = [(one.values.get("problem", one), at) for one, of, at in of_lines if of == key]
            st.button(
                f":red[{plain(message_text(message))}]",
                key=f"fault_{place}_{anchor(field)}",
                type="tertiary",
                on_click=_open_at,
                args=(param, key, own),
            )


def _parted(field: str, keys: Mapping[str, int]) -> tuple[int | None, str]:
    """The key of the line that a field is of, and the field within it; None for the field of anything else."""
    kind, _, rest = field.partition(".")
    name, _, own = rest.partition(".")
    return (keys[name], own) if kind == "tasks" and name in keys else (None, field)


def _open_at(param: str, key: int, faults: list[tuple[Message, str]]) -> None:
    messages, fields = zip(*faults, strict=True)
    st.query_params[param] = str(key)
    st.session_state[_left(param, key)] = Refusal(*messages, fields=fields)


def faults_left(param: str, key: int) -> Refusal | None:
    """What was found wrong with a line before its form was opened, told once."""
    left: Refusal | None = st.session_state.pop(_left(param, key), None)
    return left


def _left(param: str, key: int) -> str:
    return f"faults_{param}_{key}"


def error_note(refused: Refusal | None) -> None:
    """The number of faults, beside the button, linking to the first, which may be out of sight."""
    if refused is not None:
        first = next((field for field in refused.fields if field), "")
        said = translate("page.wrong_count", count=len(refused.messages))
        st.markdown(f":red[[{said}](#{anchor(first)})]" if first else f":red[{said}]")


def field_errors(refused: Refusal | None, field: str) -> None:
    """The faults of one field, beside it; the summary at the top links here."""
    wrong = [] if refused is None else list(zip(refused.messages, refused.fields, strict=True))
    lines = [message_text(message) for message, named in wrong if named == field]
    if lines:
        st.html(f'<span id="{anchor(field)}"></span>')
        st.markdown("  \n".join(f":red[{plain(line)}]" for line in lines))


def anchor(field: str) -> str:
    """The anchor of a field on the page."""
    return "field-" + "".join(sign if sign.isalnum() else "-" for sign in field)
