"""Which styles of an .ods workbook strike their text out, and which hide a sheet; runs only in the limited process."""

from collections.abc import Mapping

_LINES = ("style:text-line-through-style", "style:text-line-through-type")
# Programs make two or three; a malicious file as many as it has styles, or a ring.
_MOST_ABOVE = 20


class OdsStyles:
    """The styles by their names, noted as the tags of a part are walked past."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._struck: dict[str, bool] = {}
        self._hidden: set[str] = set()
        self._name = ""

    def start(self, name: str, about: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "style":
            self._name = f"{about.get('style:family')}/{about.get('style:name')}"
            self._parents[self._name] = f"{about.get('style:family')}/{about.get('style:parent-style-name')}"
        elif name == "text-properties" and any(line in about for line in _LINES):
            self._struck[self._name] = any(about.get(line, "none") != "none" for line in _LINES)
        elif name == "table-properties" and about.get("table:display") == "false":
            self._hidden.add(self._name)

    def text(self, words: str) -> None:
        """Styles have no text."""

    def end(self, name: str) -> None:
        """What ends tells nothing."""

    def strikes(self, family: str, name: str | None) -> bool:
        """Whether a style, or the first of those above it that says so, strikes out."""
        style = f"{family}/{name}"
        for _ in range(_MOST_ABOVE):
            if style in self._struck or style not in self._parents:
                break
            style = self._parents[style]
        return self._struck.get(style, False)

    def hides(self, name: str | None) -> bool:
        """Whether a sheet of this style is hidden."""
        return f"table/{name}" in self._hidden
