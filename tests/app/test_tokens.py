"""The page of the tokens: issued with its secret shown once, revoked by its officer, and by an administrator."""

from sqlmodel import select

from db.accounts.token_actions import resolve_token
from db.store import Store
from db.tables import Account
from pages.parts.accounts.tokens import SECRET
from tests.app.acting import button, confirmed, press, words
from tests.app.conftest import Open
from tests.support.trail import last_event
from tracking.vocabulary import TokenScope


def test_a_token_is_made_shown_once_and_revoked(open_page: Open, sample: Store):
    seen = open_page("tokens", "zhejiang.officer")
    assert "还没有有效的令牌" in words(seen)
    seen.main.text_input[0].set_value("省平台")
    seen = press(seen.main.selectbox[0].select(TokenScope.WRITE).run(), "生成令牌")
    secret = seen.session_state[SECRET].secret
    assert [code.value for code in seen.main.code] == [secret]
    assert resolve_token(sample, secret).by.sign_in_name == "zhejiang.officer"
    assert last_event(sample).action == "issue_token"
    assert secret not in str(last_event(sample).detail)
    seen = press(seen, "已保存")
    assert not seen.main.code
    assert "省平台" in words(seen)
    seen = confirmed(seen, "作废")
    assert resolve_token(sample, secret) is None
    assert last_event(sample).action == "revoke_token"


def test_a_form_without_a_name_says_so_at_its_field(open_page: Open):
    seen = press(open_page("tokens", "member"), "生成令牌")
    assert ":red[请填写此项。]" in words(seen)


def test_an_administrator_revokes_the_token_of_an_account(open_page: Open, sample: Store):
    seen = open_page("tokens", "member")
    seen.main.text_input[0].set_value("部平台")
    secret = press(seen, "生成令牌").session_state[SECRET].secret
    caller = resolve_token(sample, secret)
    with sample.read() as session:
        account = session.exec(select(Account).where(Account.officer_id == caller.by.officer_id)).one()
    seen = open_page("accounts", "sysadmin", account=str(account.id))
    assert "部平台" in words(seen)
    assert button(seen, "作废")
    confirmed(seen, "作废")
    assert resolve_token(sample, secret) is None
