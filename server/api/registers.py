"""The registers over the API: what each asks for, its entries, and an entry recorded, corrected, withdrawn."""

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse

from db.registers.actions import correct_entry, record_entry, withdraw_entry
from db.registers.definitions import registers_of
from db.registers.files import keep_register_file
from db.registers.queries import RegisterFilter, register_frame
from server.api.calls import (
    Asking,
    Country,
    Cursor,
    Id,
    Limit,
    OfNotice,
    Page,
    country_given,
    fresh,
    notice_asked,
    page_of,
)
from server.api.drafts import ContentIn, EntryIn, ReasonIn
from server.api.evidence import FILES, Content, Name
from server.api.once import KEYED, OnceRoute
from server.api.register_shapes import EntryId, FileId, Register, RegisterEntry
from server.evidence_files import register_file_download
from tracking.vocabulary import Body

ROUTER = APIRouter(tags=["registers"], route_class=OnceRoute)


@ROUTER.get("/registers", dependencies=[Depends(fresh)])
def list_registers(call: Asking, notice_id: OfNotice = None) -> list[Register]:
    """The registers of a notice with their fields, in order."""
    registers = registers_of(call.store, notice_id=notice_asked(call, notice_id))
    return [Register.model_validate(register, from_attributes=True) for register in registers]


@ROUTER.get("/registers/{register_id}/entries", dependencies=[Depends(fresh)])
def list_entries(
    call: Asking,
    register_id: Id,
    *,
    limit: Limit = 100,
    cursor: Cursor = None,
    country: Country = None,
    withdrawn: bool = False,  # a filter in the address
) -> Page[RegisterEntry]:
    """The newest version of each entry, latest first; withdrawn ones instead, if asked for."""
    where = RegisterFilter(withdrawn=withdrawn, country=country_given(country))
    frame = register_frame(call.store, call.scope, register_id=register_id, where=where)
    return page_of(RegisterEntry, frame, "entry_id", limit, cursor)


@ROUTER.post("/registers/{register_id}/entries", status_code=201, dependencies=[KEYED])
def record(call: Asking, register_id: Id, sent: EntryIn) -> EntryId:
    """Record an entry of an authority, or of a body of the working group."""
    entry_id = record_entry(
        call.store,
        by=call.by,
        register_id=register_id,
        authority_id=sent.authority_id,
        body=sent.body,
        content=sent.content,
    )
    return EntryId(entry_id=entry_id)


@ROUTER.post("/entries/{entry_id}/correct", dependencies=[KEYED])
def correct(call: Asking, entry_id: Id, sent: ContentIn) -> EntryId:
    """Replace the version named by a new one, whose key is returned."""
    made = correct_entry(call.store, by=call.by, entry_id=entry_id, content=sent.content)
    return EntryId(entry_id=made)


@ROUTER.post("/entries/{entry_id}/withdraw", dependencies=[KEYED])
def withdraw(call: Asking, entry_id: Id, sent: ReasonIn) -> EntryId:
    """Withdraw an entry; it stays among the withdrawn ones with the reason."""
    withdraw_entry(call.store, by=call.by, entry_id=entry_id, reason=sent.reason)
    return EntryId(entry_id=entry_id)


@ROUTER.post("/registers/{register_id}/files", status_code=201, dependencies=[KEYED])
def keep_file(
    call: Asking,
    register_id: Id,
    name: Name,
    content: Content,
    *,
    authority_id: Id | None = None,
    body: Body | None = None,
) -> FileId:
    """Keep a file for entries of an authority, or of a body of the working group; they name it by its key."""
    file_id = keep_register_file(
        call.store,
        by=call.by,
        register_id=register_id,
        authority_id=authority_id,
        body=body,
        name=name,
        content=content,
    )
    return FileId(file_id=file_id)


@ROUTER.get("/register-files/{file_id}", response_class=FileResponse, responses={200: {"content": FILES}})
def fetch_file(call: Asking, file_id: Id) -> FileResponse:
    """The file, for whoever may read the entries of its keeper."""
    return register_file_download(call.store, call.by, file_id)
