"""Lists of authorities as an office uploads them."""

from collections.abc import Iterable

from tracking.unit_lists import HEADS

FIELDS = ("code", "name", "short_name", "kind", "parent_code", "official_order")


def unit_list(*lines: Iterable[str]) -> bytes:
    """A CSV file with a head and these lines, whose cells are those of `FIELDS`."""
    head = ",".join(HEADS[field][0] for field in FIELDS)
    return "\n".join([head, *map(",".join, lines)]).encode("utf-8-sig")
