"""The row of a peer group, as its frame holds it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeerGroupRow:
    """A row of `peer_groups_frame`."""

    group_id: int
    name: str
    likeness: str
    row_version: int
    units: int
