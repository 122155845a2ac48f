"""What is measured, against which gate, and with which aim."""

from collections.abc import Iterable
from dataclasses import dataclass

# From here on a figure is told without decimals.
MANY = 1000


@dataclass(frozen=True)
class Measured:
    """A figure beside its gate, which it must keep to, and the aim beyond it; a figure without a gate is only told."""

    what: str
    figure: float
    unit: str = ""
    gate: float | None = None
    aim: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the gate is kept."""
        return self.gate is None or self._reaches(self.gate)

    @property
    def verdict(self) -> str:
        """How the figure stands."""
        if not self.met:
            return "MISSED"
        if self.gate is None:
            return ""
        return "aim reached" if self.aim is not None and self._reaches(self.aim) else "met"

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """What, the figure, the gate, the aim, the verdict."""
        sense = "≥" if self.at_least else "≤"
        bounds = (f"{sense} {bound:,g}" if bound is not None else "" for bound in (self.gate, self.aim))
        return (self.what, f"{_rounded(self.figure)} {self.unit}".strip(), *bounds, self.verdict)

    def _reaches(self, bound: float) -> bool:
        return self.figure >= bound if self.at_least else self.figure <= bound


def _rounded(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= MANY else f"{figure:.4g}"


def tell(lines: Iterable[Measured]) -> list[Measured]:
    """Print each line as it comes, and give them all."""
    told = []
    for line in lines:
        what, figure, gate, aim, verdict = line.cells
        print(f"{what:<62} {figure:>14}   {gate:<10} {aim:<10} {verdict}", flush=True)
        told.append(line)
    return told
