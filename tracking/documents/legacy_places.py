"""Names of authorities as ledgers write them: 杭州, 杭州市, 杭州市经信局, 一、杭州市（12项）."""

import re
import unicodedata
from functools import lru_cache

from tracking.documents.legacy_words import bare_title

# The uploader's own authority.
OWN = ""
_OWN = frozenset(
    ["省本级", "市本级", "区本级", "县本级", "自治区本级", "本级", "省级", "省直", "市直", "本省", "本市"]
)
_BRACKETS = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]\s*$")
_KINDS = "自治区|自治州|自治县|地区|新区|省|市|区|县|州|盟|旗"
_REST = re.compile(rf"(?:{_KINDS})?(?:.{{0,14}}(?:局|厅|委|委员会|部门|办|办公室|中心))?")
_KIND_AT_END = re.compile(rf"(?<=..)(?:{_KINDS})$")
_PLACE = re.compile(rf"[一-鿿]{{1,8}}(?:{_KINDS})")


@lru_cache(maxsize=20_000)
def called(text: str, names: frozenset[str]) -> str | None:
    """The one of these names that a text means, `OWN` for the uploader's own, None if it means none or several."""
    said = _said(text)
    if said in _OWN:
        return OWN
    found = [name for name in names if bare_title(name) == said] or _fitting(said, names)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=20_000)
def is_place(text: str, names: frozenset[str]) -> bool:
    """Whether a text is the name of an authority, known or not."""
    said = _said(text)
    return said in _OWN or bool(_fitting(said, names)) or _PLACE.fullmatch(said) is not None


def _fitting(said: str, names: frozenset[str]) -> list[str]:
    """The names of which a text adds or leaves out only the kind of place, the office and the province before it."""
    begun = [
        (len(stem), name)
        for name, stems in _stems(names).items()
        for stem in stems
        if said.startswith(stem) and _REST.fullmatch(said[len(stem) :])
    ]
    longest = max(begun, default=(0, ""))[0]
    return [name for length, name in begun if length == longest]


@lru_cache(maxsize=8)
def _stems(names: frozenset[str]) -> dict[str, list[str]]:
    """Name → how it begins wherever it is written: 浙江杭州市 with 浙江杭州, and with 杭州 where 浙江 is a name as well."""
    bare = {name: bare_title(name) for name in names}
    shorter = {
        name: [
            said.removeprefix(other) for other in bare.values() if said.startswith(other) and said != other
        ]
        for name, said in bare.items()
    }
    return {
        name: [_KIND_AT_END.sub("", one) for one in (bare[name], *shorter[name]) if len(one) > 1]
        for name in names
    }


def _said(text: str) -> str:
    return bare_title(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
