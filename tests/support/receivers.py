"""The receiving ends: a real mail server and a real webhook receiver on this machine."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.support.servers import free_port

USER, PASSWORD = "tracker", "word-of-the-post"


@dataclass
class Post:
    """The mail that came in; `refuses` is answered instead of taking it."""

    letters: list[EmailMessage] = field(default_factory=list)
    refuses: str = ""
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.refuses:
            return self.refuses
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@contextmanager
def post_office(*, certificate: tuple[Path, Path] | None = None, **options: Any) -> Iterator[Post]:
    """A mail server; with a certificate (file, key) it takes mail after STARTTLS and sign-in only."""
    post = Post()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        options |= {
            "tls_context": context,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": _is_tracker,
        }

    class Office(Controller):
        def factory(self) -> SMTP:
            return SMTP(post, **options)

    post.port = free_port()
    office = Office(post, hostname="127.0.0.1", port=post.port)
    office.start()
    yield post
    office.stop()


def _is_tracker(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def certificate_in(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody vouches for, and its key."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    where = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *names, *where], check=True, capture_output=True)
    return certificate, key


@dataclass(frozen=True)
class Call:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """The calls that came in, and what is answered."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    status: int = 200
    answer: bytes = b'{"errcode":0,"code":0}'


@contextmanager
def webhook_receiver() -> Iterator[Receiver]:
    """A receiver of webhooks at `url`."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.calls.append(Call(self.path, dict(self.headers), body))
            self.send_response(receiver.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(receiver.answer)

        def log_message(self, *_given: Any) -> None:
            """The output of the tests is theirs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield receiver
    server.shutdown()
    server.server_close()
    thread.join()
