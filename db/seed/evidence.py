"""Sample evidence: one-page documents, few of them, and keeping their bytes where the store keeps all."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from db.kept_files import kept_path
from db.seed.build import Build
from db.seed.draws import Draw
from db.seed.tasks import SampleTask
from db.seed.texts import phrase
from db.store import Store
from db.tables import EvidenceFile
from tracking.evidence import checked_file

_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"


def add_evidence(build: Build, draw: Draw, task: SampleTask, update_id: int, at: datetime) -> None:
    """Add a document to an update; identical ones share their bytes, stored under their digest."""
    content = _pdf(phrase(draw, "evidence", measure=task.measure.number))
    file = checked_file(phrase(draw, "evidence_name"), content)
    digest = hashlib.sha256(content).hexdigest()
    build.evidence[digest] = content
    build.rows.add(
        EvidenceFile,
        update_id=update_id,
        name=file.name,
        media_type=file.media_type,
        size=len(content),
        sha256=digest,
        uploaded_at=at,
        uploaded_by_id=task.staff.reporter.id,
    )


def keep_evidence(store: Store, files: Mapping[str, bytes]) -> None:
    """Write each file to its place in the store."""
    for digest, content in files.items():
        path = kept_path(store, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _pdf(line: str) -> bytes:
    """A page with one line of ASCII text; the same text gives the same bytes."""
    drawn = f"BT /F 11 Tf 60 760 Td ({line}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(f"{len(body):010d} 00000 n \n")
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{''.join(places)}"
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + table + end).encode("ascii")
