"""Several people who each download a file on some day, with a browser of their own."""

from collections.abc import Callable
from datetime import date, timedelta

from db.accounts import actions as accounts
from db.accounts.actions import NewAccount
from db.store import Store
from tests.support.factories import NORTH, at
from tests.unit.server.conftest import CHOSEN, Browser
from tracking.vocabulary import Role

TODAY = date(2026, 3, 20)


class Readers:
    """People of several roles, each of whom signs in anew on the day of a download."""

    def __init__(self, build: Callable, store: Store) -> None:
        self.build, self.store = build, store
        self.accounts: dict[Role, NewAccount] = {}

    def take(self, role: Role, address: str, days: int = 0) -> bytes:
        """A file as a reader gets it so many days after the papers were issued."""
        with at(TODAY + timedelta(days)):
            browser = Browser(self.build())
            browser.sign_in(self._account(role, browser), CHOSEN)
            answer = browser.get(address)
        assert answer.status_code == 200, answer.text
        return answer.content

    def _account(self, role: Role, browser: Browser) -> NewAccount:
        if role not in self.accounts:
            home = NORTH if role in {Role.REPORTING_OFFICER, Role.SIGNATORY} else None
            account = accounts.create_account(
                self.store, by=None, sign_in_name=role.value, name=role.value, authority_id=home, roles=[role]
            )
            browser.sign_in(account)
            browser.post("/password", {"current": account.password, "password": CHOSEN, "repeated": CHOSEN})
            self.accounts[role] = account
        return self.accounts[role]
