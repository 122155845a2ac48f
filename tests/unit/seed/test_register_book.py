"""A release that ships one more register or field gives it to a store that is filled already."""

from datetime import date

from db.registers import defining
from db.seed.register_book import add_registers_of
from db.store import Store
from db.tables import Register, RegisterField
from tests.support.factories import YEAR, at, people, small_country
from tests.support.register_cases import add_registers, key_of, register, shipped_notice
from tests.support.trail import only
from tracking.registers.drafts import FieldDraft
from tracking.vocabulary import FieldKind


def _gone(store: Store, *, register_key: str, title: str) -> None:
    """Take out what an older release did not ship."""
    with store.write(None) as tx:
        field = only(store, RegisterField, register_id=key_of(store, register_key), title=title)
        tx.session.delete(tx.load(RegisterField, field.id))
        tx.audit("plant", field)


def test_what_a_filled_store_lacks_is_added_after_what_it_has(store: Store):
    with at(date(YEAR, 3, 1)):
        small_country(store)
        add_registers(store)
        for key, title in (("fairs", "成果"), ("fairs", "附件"), ("legal", "附件")):
            _gone(store, register_key=key, title=title)
        own = {"register_id": key_of(store, "legal"), "starts_on": None}
        files = FieldDraft("附件", FieldKind.FILES)
        defining.add_field(store, by=people().administrator, draft=files, **own)
        with store.write(None) as tx:
            assert add_registers_of(tx.session, shipped_notice()) == ["展会·成果", "展会·附件"]
            assert add_registers_of(tx.session, shipped_notice()) == []
            tx.audit("load_reference", tx.load(Register, 1))
        assert [one.title for one in register(store, "fairs").asked][-2:] == ["成果", "附件"]
        assert register(store, "legal").asked[-1].key == "added_8"
