"""The code of a signed page: made of all that the page says, shown, and read as somebody typed it.

It is an HMAC: nobody without the key can give other figures a code, and a kept page that was changed no longer
carries its own. The key comes from the caller.
"""

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from tracking.messages import Message, Refusal

# Crockford's base 32: no I, L, O and U, which are taken for others.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, GROUP = 10, 5
_BITS = 5
_READ_AS = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")
# x⁵ + x² + 1, by which the check sign is reckoned.
_POLYNOMIAL = 0b100101


def code_of(said: Mapping[str, Any], key: bytes) -> str:
    """The code of all that a page says, without its dash: nine signs of an HMAC-SHA256 and a check sign."""
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    seal = int.from_bytes(hmac.new(key, canonical.encode(), hashlib.sha256).digest())
    signs = [seal >> (_BITS * place) & 31 for place in range(CODE_LENGTH - 1)]
    return "".join(ALPHABET[sign] for sign in [*signs, _check_sign(signs)])


def key_from(secret: bytes) -> bytes:
    """The key of the codes, from a secret that seals other things too."""
    return hmac.new(secret, b"attestation", hashlib.sha256).digest()


def same_code(one: str, other: str) -> bool:
    """Constant-time comparison of two codes."""
    return hmac.compare_digest(one, other)


def shown_code(code: str) -> str:
    """The code as people read it: ABCDE-12345."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """The code that somebody typed, or scanned as the address that the page shows.

    Small and full-width letters, spaces and dashes are understood, O as 0, I and L as 1. Raises `Refusal` for what
    has another form, and for one whose check sign says that it was mistyped.
    """
    uniform = unicodedata.normalize("NFKC", typed).upper().rpartition("CODE=")[2]
    code = _BETWEEN.sub("", uniform).translate(_READ_AS)
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        raise Refusal(Message("attestation.not_a_code", length=CODE_LENGTH), fields=("code",))
    *signs, check = map(ALPHABET.index, code)
    if _check_sign(signs) != check:
        raise Refusal(Message("attestation.mistyped"), fields=("code",))
    return code


def _check_sign(signs: Sequence[int]) -> int:
    """A check character over GF(32): it detects any single wrong character and any two swapped ones."""
    check = 0
    for sign in signs:
        check = (check ^ sign) << 1
        check ^= _POLYNOMIAL if check > 31 else 0
    return check
