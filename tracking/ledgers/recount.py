"""Adds the lines of an exported ledger up again, by what they say themselves and nothing else."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import fmean
from typing import Any, TypeAlias

_SUMMED = ("counted", "weight", "done", "due", "reported")
_Sums: TypeAlias = Counter[str]


@dataclass(frozen=True, slots=True)
class RecountedUnit:
    """A reporting unit with its region, as the lines name them; a council of an industry has none."""

    code: str
    name: str
    region: str | None


@dataclass
class Recount:
    """The sums of some lines, by unit and measure; `units` are known before, those of the lines are added.

    `actuals` are sums by column, and `told` how many lines have a value there.
    """

    units: dict[str, RecountedUnit] = field(default_factory=dict)
    lights: Counter[str] = field(default_factory=Counter)
    actuals: dict[str, Decimal] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    _sums: dict[tuple[str, int], _Sums] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def among(cls, units: Iterable[RecountedUnit]) -> "Recount":
        """No lines yet, and the units that could have some."""
        return cls({unit.code: unit for unit in units})

    @property
    def measures(self) -> Sequence[int]:
        """The numbers of the measures that lines are under."""
        return sorted({measure for _, measure in self._sums})

    @property
    def regions(self) -> Sequence[str]:
        """The regions in the order of their first units."""
        return list(dict.fromkeys(unit.region for unit in self.units.values() if unit.region))

    def see(self, line: Mapping[str, Any], light: str, actual_columns: Iterable[str]) -> None:
        """Add one line, its light in words."""
        code = line["unit_code"]
        self.units.setdefault(code, RecountedUnit(code, line["unit"], line["region_seven"]))
        counts = line["counted"]
        part = {name: line[name] * counts for name in _SUMMED}
        self._sums[code, line["measure_number"]].update(part)
        self.lights[light] += 1
        for column in actual_columns:
            if line[column] is not None:
                self.told[column] += 1
                self.actuals[column] = self.actuals.get(column, Decimal()) + line[column]

    def count(self, name: str, units: Iterable[RecountedUnit]) -> int:
        """How many tasks of some units have this set."""
        codes = {unit.code for unit in units}
        return int(sum(sums[name] for (code, _), sums in self._sums.items() if code in codes))

    def percent(self, part: str, units: Iterable[RecountedUnit], measure: int | None = None) -> float | None:
        """The mean over the units with tasks of Σ part ÷ Σ weight, in percent; None if none has any."""
        shares = [share for unit in units if (share := self._share(part, unit, measure)) is not None]
        return fmean(shares) if shares else None

    def _share(self, part: str, unit: RecountedUnit, measure: int | None) -> float | None:
        whole: _Sums = Counter()
        for number in self.measures if measure is None else [measure]:
            whole.update(self._sums.get((unit.code, number), {}))
        return float(100 * whole[part] / whole["weight"]) if whole["weight"] else None
