"""Starting the product as a person does: its own process, port and store."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.support.on_day import environment
from tests.support.patience import PAUSE_MS, SECONDS

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Server:
    """A running product: its address, the folder of its store, its output and its process."""

    url: str
    data_dir: Path
    log: Path
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Seconds of CPU it has used, as Linux tells it."""
        used = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it as a person would, and make sure."""
        self.process.terminate()
        try:
            self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run_command(data_dir: Path, *arguments: str, database_url: str = "", day: str = "") -> str:
    """What `python -m server …` prints, run on the store at the address, else on the one under `data_dir`.

    On another day if one is given.
    """
    done = try_command(data_dir, *arguments, database_url=database_url, day=day)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def try_command(
    data_dir: Path, *arguments: str, database_url: str = "", day: str = ""
) -> subprocess.CompletedProcess[str]:
    """The same, however it ends."""
    return subprocess.run(
        [sys.executable, "-m", "server", *arguments],
        cwd=ROOT,
        env=_environment(data_dir, database_url, day),
        capture_output=True,
        text=True,
        check=False,
    )


def start_server(
    data_dir: Path,
    database_url: str = "",
    script: str = "dashboard.py",
    port: int | None = None,
    day: str = "",
) -> Server:
    """The product on a free port, or another script, once it answers. Its output is kept beside the store."""
    port, log = port or free_port(), data_dir / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_environment(data_dir, database_url, day),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://localhost:{port}", data_dir, log, process)
    _wait_for(server)
    return server


def _environment(data_dir: Path, database_url: str, day: str) -> dict[str, str]:
    return (environment(day) if day else dict(os.environ)) | {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url,
        "WORK_BESIDE": "1",
    }


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Server) -> None:
    ends = time.monotonic() + SECONDS
    while not _answers(server.url):
        if server.process.poll() is not None or time.monotonic() > ends:
            server.stop()
            raise RuntimeError(f"the server did not start:\n{server.log.read_text()}")
        time.sleep(PAUSE_MS / 1000)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=SECONDS) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, OSError):
        return False
