"""Official documents as PDF, typeset from their Word files, so that both say the same."""

from tracking.documents.pdf.document import MEDIA_TYPE, as_pdf

__all__ = ["MEDIA_TYPE", "as_pdf"]
