"""How what leaves the product says that the people and figures in it are invented."""

from tracking.messages import text
from tracking.vocabulary import Language


def marked(words: str, language: Language, *, sample: bool) -> str:
    """A title or a foot, with the mark of sample data where it is made of them."""
    return text("sample.marked", language, words=words) if sample else words
