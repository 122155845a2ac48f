"""How what leaves the product says that the people and figures in it are invented."""

from tracking.messages import text
from tracking.vocabulary import Language


def marked(words: str, language: Language, *, sample: bool) -> str:
    """A title or footer, marked if it is made from sample data."""
    return text("sample.marked", language, words=words) if sample else words
