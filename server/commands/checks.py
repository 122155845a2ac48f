"""Commands that check an installation: its settings and its audit trail."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

import typer

from db.audit.queries import check_chain_key, verify_chain
from db.engine import StoreFailed
from db.migrations import head, revision_of
from db.private_files import open_to_others
from db.store import Store, open_store
from server.commands.console import (
    AsJson,
    DatabaseUrl,
    current_store,
    fail,
    plainly,
    print_line,
    tell,
    text_of,
    translate,
)
from tracking.messages import Refusal


class CheckResult(StrEnum):
    """How a check ended."""

    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One item checked, and a sentence on it."""

    name: str
    finding: CheckResult
    sentence: str


def register(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("verify-audit", help=translate("command.verify_audit"))(verify_audit)
    app.command("check-config", help=translate("command.check_config"))(check_config)


@plainly
def verify_audit(*, database_url: DatabaseUrl = "", as_json: AsJson = False) -> None:
    """Prove that nothing in the audit trail was changed or removed; exit code 1 if something was."""
    report = verify_chain(current_store(database_url))
    if as_json:
        tell(asdict(report))
    if not report.intact:
        fail(translate("command.audit_broken", number=report.broken_at))
    if not as_json:
        print_line(translate("command.audit_intact", events=report.events))


@plainly
def check_config(*, database_url: DatabaseUrl = "", as_json: AsJson = False) -> None:
    """Check everything a site must have configured; exit code 1 if something is wrong."""
    checks = list(_checks(open_store(database_url or None)))
    if as_json:
        tell([asdict(check) for check in checks])
    else:
        for check in checks:
            print_line(f"{translate(f'command.finding_{check.finding}')}  {check.sentence}")
    if any(check.finding is CheckResult.WRONG for check in checks):
        raise typer.Exit(1)


def _checks(store: Store) -> Iterator[Check]:
    # Imported by this command alone: a third of the time in which the others start.
    from streamlit import config

    from tracking.documents.fonts import chinese_fonts

    yield _store(store)
    yield _switch("tls", store.settings.secure_cookies, CheckResult.WARNING)
    yield _chain_key(store)
    yield _private(store)
    yield _switch("audit_key", bool(store.settings.audit_key), CheckResult.WARNING)
    hosts = config.get_option("server.allowedHosts")
    yield _switch("allowed_hosts", bool(hosts), CheckResult.WARNING)
    yield _switch("server_address", config.is_manually_set("browser.serverAddress"), CheckResult.WRONG)
    mapped = dict(config.get_option("server.trustedUserHeaders"))
    yield _switch("identity", set(mapped.values()) == {"officer_id", "session_hash"}, CheckResult.WRONG)
    yield _switch("errors_hidden", config.get_option("client.showErrorDetails") == "none", CheckResult.WRONG)
    yield _switch("no_statistics", not config.get_option("browser.gatherUsageStats"), CheckResult.WRONG)
    yield _switch("chinese_font", bool(chinese_fonts()), CheckResult.WARNING)


def _store(store: Store) -> Check:
    try:
        found = revision_of(store)
    except StoreFailed:
        return Check("store", CheckResult.WRONG, translate("command.check_store_unreachable"))
    finding = CheckResult.GOOD if found == head() else CheckResult.WRONG
    return Check(
        "store", finding, translate(f"command.check_store_{finding}", found=found or "—", needed=head())
    )


def _chain_key(store: Store) -> Check:
    """Whether the key in use is the one that seals the chain; records nothing."""
    try:
        check_chain_key(store)
    except StoreFailed:
        return Check("chain_key", CheckResult.WRONG, translate("command.check_chain_key_unknown"))
    except Refusal as refused:
        return Check("chain_key", CheckResult.WRONG, text_of(refused))
    return Check("chain_key", CheckResult.GOOD, translate("command.check_chain_key_good"))


def _private(store: Store) -> Check:
    """Whether other accounts on the machine can read any part of the store."""
    found = open_to_others(store)
    finding = CheckResult.WRONG if found else CheckResult.GOOD
    place = str(found[0]) if found else ""
    return Check(
        "private", finding, translate(f"command.check_private_{finding}", count=len(found), place=place)
    )


def _switch(name: str, right: bool, otherwise: CheckResult) -> Check:
    finding = CheckResult.GOOD if right else otherwise
    return Check(name, finding, translate(f"command.check_{name}_{'good' if right else 'bad'}"))
