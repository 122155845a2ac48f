"""What waits for one hand: its own authority's and those beneath, all of them or the one that was chosen."""

from collections.abc import Collection, Sequence

import pandas as pd

from db.identity import SignedIn
from pages.shared.filters import filter_bar, pick
from pages.shared.wording import translate
from tracking.permissions import Scope


def on_the_desk(
    by: SignedIn, desk: Scope, own: Sequence[pd.DataFrame], checked: Sequence[pd.DataFrame]
) -> list[pd.DataFrame]:
    """The items waiting here, or those of the chosen authority; no picker if none is beneath.

    What is `checked` here is others' own, and waits here all the same.
    """
    frames = [*own, *checked]
    waits = pd.concat([frame[["authority_id", "authority_name"]] for frame in frames]).drop_duplicates()
    if not by.beneath or waits.empty:
        return frames
    names = dict(zip(waits["authority_id"].tolist(), waits["authority_name"], strict=True))
    with filter_bar(4)[0]:
        authority_id = pick("authority", {None: translate("sign_off.desk"), **names})
    if authority_id is None:
        return [*(_of(frame, desk.authority_ids or ()) for frame in own), *checked]
    return [_of(frame, [authority_id]) for frame in frames]


def _of(frame: pd.DataFrame, authority_ids: Collection[int]) -> pd.DataFrame:
    return frame[frame["authority_id"].isin(authority_ids)].reset_index(drop=True)
