"""The mark on every paper that is made of the sample."""

from sqlmodel import Session

from db.audit.sample import holds_sample
from db.store import Store
from tracking.documents.word import with_head
from tracking.messages import text
from tracking.vocabulary import Language


def marked_draft(store: Store, content: bytes, language: Language) -> bytes:
    """A paper that is regenerated at every download, marked as a draft."""
    with store.read() as session:
        return marked_paper(session, content, language)


def marked_paper(session: Session, content: bytes, language: Language) -> bytes:
    """The same within a transaction."""
    return with_head(content, text("sample.mark", language)) if holds_sample(session) else content
