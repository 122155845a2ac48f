"""Tiny wheels and a lock that pins them, so that installing is tried without a network."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

_WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@dataclass(frozen=True)
class Release:
    """One release of a package: what it needs, and by which extras."""

    name: str
    version: str
    needs: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()

    def publish(self, folder: Path) -> None:
        """Put its wheel into the folder that serves as the index."""
        info = f"{self.name}-{self.version}.dist-info"
        content = {
            f"{self.name}.py": "",
            f"{info}/METADATA": self._metadata(),
            f"{info}/WHEEL": _WHEEL,
        }
        content[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in (*content, f"{info}/RECORD"))
        with zipfile.ZipFile(self._path(folder), "w") as wheel:
            for name, text in content.items():
                wheel.writestr(name, text)

    def pinned(self, folder: Path, extra: str = "") -> str:
        """Its line in a lock, after it was published there."""
        digest = hashlib.sha256(self._path(folder).read_bytes()).hexdigest()
        return f"{self.name}{extra and f'[{extra}]'}=={self.version} --hash=sha256:{digest}\n"

    def _path(self, folder: Path) -> Path:
        return folder / f"{self.name}-{self.version}-py3-none-any.whl"

    def _metadata(self) -> str:
        lines = [f"Metadata-Version: 2.1\nName: {self.name}\nVersion: {self.version}"]
        lines += [f"Provides-Extra: {extra}" for extra in self.extras]
        return "\n".join([*lines, *(f"Requires-Dist: {needed}" for needed in self.needs), ""])
