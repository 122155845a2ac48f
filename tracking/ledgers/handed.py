"""Whose tasks a form was made for, so that rows deleted from it are missed when it comes back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

# Stands in the form before the value, in the columns that are hidden.
SIGN = "#form"
_SAID = re.compile(r"([0-9]{1,9})-([01])")


@dataclass(frozen=True, slots=True)
class FormScope:
    """The authority a form was made for, and whether for those beneath it as well."""

    authority_id: int
    beneath: bool = False

    @property
    def packed(self) -> str:
        """As it stands in the form."""
        return f"{self.authority_id}-{int(self.beneath)}"

    @classmethod
    def among(cls, values: Sequence[object]) -> Self | None:
        """What a line of the form says, None if it says nothing of it."""
        for sign, said in pairwise(values):
            if sign == SIGN and (match := _SAID.fullmatch(str(said))):
                return cls(int(match[1]), match[2] == "1")
        return None
