"""What of a rich text is not struck out, as its tags are walked past; runs only in the limited process."""

from collections.abc import Mapping

from tracking.documents.xml_parts import walk

_OFF = {"0", "false"}


class RichText:
    """A text in runs of their own look; `kept` is what is not struck out, None if nothing is."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._struck = self._out = self._in_run = self._reading = False

    def start(self, name: str, about: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "r":
            self._in_run, self._out = True, False
        elif name == "strike" and about.get("val") not in _OFF:
            self._struck = self._out = True
        elif name == "t":
            self._reading = self._in_run and not self._out

    def text(self, words: str) -> None:
        """What stands between two tags."""
        if self._reading:
            self._parts.append(words)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t":
            self._reading = False
        elif name == "r":
            self._in_run = False

    @property
    def kept(self) -> str | None:
        """What of it is not struck out; None if nothing of it is."""
        return "".join(self._parts) if self._struck else None


class _Shared:
    """The shared texts of a workbook, by their place, of which a part is struck out."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self._one, self._at = RichText(), -1

    def start(self, name: str, about: Mapping[str, str]) -> None:
        if name == "si":
            self._one, self._at = RichText(), self._at + 1
        self._one.start(name, about)

    def text(self, words: str) -> None:
        self._one.text(words)

    def end(self, name: str) -> None:
        self._one.end(name)
        if name == "si" and self._one.kept is not None:
            self.kept[str(self._at)] = self._one.kept


def kept_texts(shared: bytes) -> dict[str, str]:
    """Place of a shared text → what of it is not struck out, for those of which a part is."""
    if b"strike" not in shared:
        return {}
    found = _Shared()
    walk(shared, found)
    return found.kept
