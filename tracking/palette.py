"""Every colour of the product: two palettes, one for light paper and one for dark.

The theme of the pages in `.streamlit/config.toml` repeats the same values, and a test compares them.
Every pair of text and ground here passes WCAG AA (4.5 : 1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tracking.vocabulary import Light, SlipLevel

# Lights are distinguished by shape and word first, by colour last.
SHAPES: Mapping[Light, str] = {
    Light.RED: "■",
    Light.AMBER: "▲",
    Light.GREEN: "●",
    Light.BLUE: "✔",
    Light.GREY: "○",
    Light.SUSPENDED: "‖",
}

SLIP_SHAPES: Mapping[SlipLevel, str] = {SlipLevel.BLUE: "◇", SlipLevel.ORANGE: "◈", SlipLevel.RED: "◆"}


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours for one background, light or dark, as `#RRGGBB`.

    `primary` marks one's own and `muted` the others. `lights` are for text and outlines, `fills` for areas,
    as are `slips`. `completions` run from none to full in ten steps of one hue, `deviations` from far behind
    (red) through none to far ahead (blue).
    """

    paper: str
    quiet: str
    rule: str
    ink: str
    second: str
    primary: str
    muted: str
    lights: Mapping[Light, str]
    fills: Mapping[Light, str]
    slips: Mapping[SlipLevel, str]
    key_areas: tuple[str, ...]
    completions: tuple[str, ...]
    deviations: tuple[str, ...]

    def key_area(self, number: int) -> str:
        """The colour of a key area, the same in every picture; six are distinct, then they repeat."""
        return self.key_areas[(number - 1) % len(self.key_areas)]

    def completion(self, permille: float) -> str:
        """The colour step of a completion in permille, clamped to 0–1000."""
        return _step(self.completions, permille / 1000)

    def deviation(self, permille: float, span: float = 450) -> str:
        """The step of a deviation in tenths of a point; the scale spans `span` on either side of zero."""
        return _step(self.deviations, (permille + span) / (2 * span))

    def text_on(self, ground: str) -> str:
        """Ink or paper colour, whichever reads better on this background."""
        return max((self.ink, self.paper), key=lambda colour: contrast(colour, ground))


def _step(ramp: tuple[str, ...], share: float) -> str:
    return ramp[min(max(int(share * len(ramp)), 0), len(ramp) - 1)]


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1, as WCAG 2.2 defines it."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


# Both ramps skip the middle tones, on which neither ink nor paper would be readable.
LIGHT_PALETTE = Palette(
    paper="#FFFFFF",
    quiet="#F5F7FA",
    rule="#DDE3EA",
    ink="#1F2A37",
    second="#5B6776",
    primary="#1F4E8C",
    muted="#6B95CB",
    lights={
        Light.RED: "#B3261E",
        Light.AMBER: "#946200",
        Light.GREEN: "#1B7F5C",
        Light.BLUE: "#2563A8",
        Light.GREY: "#66707C",
        Light.SUSPENDED: "#66707C",
    },
    fills={
        Light.RED: "#B3261E",
        Light.AMBER: "#F2C14E",
        Light.GREEN: "#1B7F5C",
        Light.BLUE: "#2563A8",
        Light.GREY: "#C3CAD3",
        Light.SUSPENDED: "#C3CAD3",
    },
    slips={SlipLevel.BLUE: "#2563A8", SlipLevel.ORANGE: "#E8923A", SlipLevel.RED: "#B3261E"},
    key_areas=("#1F4E8C", "#14797B", "#7A4E96", "#8A5A2B", "#4E6E8E", "#A0466E"),
    completions=(
        "#EFF5FD", "#DFEBFA", "#CEE0F7", "#BBD3F3", "#A5C5EF",
        "#8EB6E8", "#4577B7", "#3569AB", "#285B9A", "#1F4E8C",
    ),
    deviations=(
        "#A83630", "#BC5048", "#E1988F", "#F4CDC8", "#F3F5F8", "#C4DAF5", "#8EB6E8", "#4577B7", "#275A98",
    ),
)  # fmt: skip

DARK_PALETTE = Palette(
    paper="#11161D",
    quiet="#1A212B",
    rule="#303B48",
    ink="#E4E9F0",
    second="#A2AEBD",
    primary="#8AB8F0",
    muted="#4F7FB8",
    lights={
        Light.RED: "#F2857B",
        Light.AMBER: "#F2C14E",
        Light.GREEN: "#4FBF94",
        Light.BLUE: "#7DB3F0",
        Light.GREY: "#9AA5B2",
        Light.SUSPENDED: "#9AA5B2",
    },
    fills={
        Light.RED: "#F2857B",
        Light.AMBER: "#F2C14E",
        Light.GREEN: "#4FBF94",
        Light.BLUE: "#7DB3F0",
        Light.GREY: "#3D4957",
        Light.SUSPENDED: "#3D4957",
    },
    slips={SlipLevel.BLUE: "#7DB3F0", SlipLevel.ORANGE: "#E8A45C", SlipLevel.RED: "#F2857B"},
    key_areas=("#7DB0EC", "#4FC1BB", "#C29BE0", "#D6A86C", "#9DB4CC", "#E58FB4"),
    completions=(
        "#1C232C", "#212C3A", "#25354A", "#29405D", "#2D4C72",
        "#325888", "#39659B", "#6EA1E2", "#89B7F3", "#A8CEFF",
    ),
    deviations=(
        "#EF7F74", "#A04038", "#70322C", "#472A26", "#24272A", "#243449", "#2D4C72", "#39659B", "#7FAEE9",
    ),
)  # fmt: skip


def palette(*, dark: bool) -> Palette:
    """The palette for a dark or light background."""
    return DARK_PALETTE if dark else LIGHT_PALETTE
