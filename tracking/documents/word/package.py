"""A document as a file whose bytes depend on nothing but what it says: no part bears the moment of its writing."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document


def packed(document: Document) -> bytes:
    """The file; the same document always gives the same bytes."""
    made, out = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as parts, ZipFile(out, "w") as undated:
        for name in parts.namelist():
            # Entries without a date are dated 1980, the first day the format supports.
            undated.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return out.getvalue()
