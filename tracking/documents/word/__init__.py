"""Official documents as Word files, laid out per GB/T 9704-2012; all wording comes from the caller."""

from tracking.documents.word.blocks import (
    Annex,
    Beside,
    Block,
    Heading,
    Paragraph,
    Picture,
    Placing,
    Signatures,
    Table,
)
from tracking.documents.word.document import MEDIA_TYPE, official_document
from tracking.documents.word.heads import with_head

__all__ = [
    "MEDIA_TYPE",
    "Annex",
    "Beside",
    "Block",
    "Heading",
    "Paragraph",
    "Picture",
    "Placing",
    "Signatures",
    "Table",
    "official_document",
    "with_head",
]
