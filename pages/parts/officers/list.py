"""The list of posts: how many are held, which are vacant, and for how long."""

import pandas as pd

from db.officers.rows import PostRow
from db.typed_rows import rows_as
from pages.shared.wording import day, plain, translate


def posts_sentence(posts: pd.DataFrame, allowed_days: int) -> str:
    """How many posts there are, are held, and are vacant; columns of `posts_frame`."""
    vacant, alarms = int(posts["officer_id"].isna().sum()), int(posts["alarm"].sum())
    calm = "officers_page.sentence_calm" if vacant else "officers_page.sentence_full"
    return translate(
        "officers_page.sentence" if alarms else calm,
        authorities=posts["authority_id"].nunique(),
        posts=len(posts),
        held=int(posts["officer_id"].notna().sum()),
        vacant=vacant,
        alarms=alarms,
        days=allowed_days,
    )


def shares(posts: pd.DataFrame) -> dict[str, str]:
    """The views of the list, each with its count."""
    counts = {name: len(narrowed(posts, name)) for name in ("all", "vacant", "alarm")}
    return {name: translate(f"officers_page.{name}", count=count) for name, count in counts.items()}


def narrowed(posts: pd.DataFrame, view: str) -> pd.DataFrame:
    """All posts, the vacant ones, or those vacant for longer than the site allows."""
    if view == "vacant":
        return posts[posts["officer_id"].isna()]
    return posts[posts["alarm"].astype(bool)] if view == "alarm" else posts


def with_vacancies(posts: pd.DataFrame) -> pd.DataFrame:
    """The posts with `vacancy` in words, empty while held."""
    return posts.assign(vacancy=[_vacancy(row) for row in rows_as(PostRow, posts)])


def _vacancy(post: PostRow) -> str:
    if post.officer_id is not None:
        return ""
    if post.vacant_days is None:
        return translate("officers_page.never_alarm")
    return translate(
        "officers_page.vacant_alarm" if post.alarm else "officers_page.vacant_days", days=post.vacant_days
    )


def post_columns(*, is_today: bool) -> tuple[str, ...]:
    """The columns beside a post's holder; open tasks are only known for today."""
    return ("open_tasks", "vacancy") if is_today else ("until_on", "vacancy")


def holder_sentence(post: PostRow, *, is_today: bool = True) -> str:
    """Who holds a post, or since when it is vacant; for another day, a row of `posts_frame` without tasks."""
    if not is_today:
        return _holder_then(post)
    tasks = post.open_tasks
    if post.officer_id is not None:
        ends = post.until_on is not None
        key = "officers_page.holder_until" if ends else "officers_page.holder"
        until = {"until": day(post.until_on)} if ends else {}
        return translate(key, name=plain(post.officer_name), since=day(post.since_on), tasks=tasks, **until)
    if post.vacant_days is None:
        return translate("officers_page.nobody_ever", tasks=tasks)
    return translate(
        "officers_page.no_holder", since=day(post.vacant_since_on), days=post.vacant_days, tasks=tasks
    )


def _holder_then(post: PostRow) -> str:
    if post.officer_id is None:
        return translate("officers_page.nobody_then")
    told = {"name": plain(post.officer_name), "since": day(post.since_on)}
    if post.until_on is None:
        return translate("officers_page.holder_then", **told)
    return translate("officers_page.holder_then_until", until=day(post.until_on), **told)
