"""A mail server of our own that remembers every mail, and can be away, slow or in a bad mood."""

import contextlib
import dataclasses
import email.parser
import email.policy
import socketserver
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any


@dataclasses.dataclass(frozen=True)
class Received:
    message_id: str
    recipient: str
    subject: str
    at: float


class MailServer:
    """SMTP on a free port of the loopback, in threads of this process.

    `mood` is `ok`, `451` (come back later) or `550` (never for this address). `tell` is called
    with "before" and "after" the answer to every mail: the moment to kill its sender.
    """

    def __init__(self) -> None:
        self.mood = "ok"
        self.tell: Callable[[str], None] = lambda _when: None
        self.received: list[Received] = []
        self.lock = threading.Lock()
        self.port = 0
        self._server: _Server | None = None
        self.come_back()

    def come_back(self) -> None:
        """Listen, on the same port as before."""
        self._server = _Server(("127.0.0.1", self.port), _Talk)
        self._server.mails = self
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def go_away(self) -> None:
        """Refuse connections."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def times(self) -> Counter[str]:
        """How often each Message-ID came."""
        with self.lock:
            return Counter(one.message_id for one in self.received)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    mails: MailServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that was killed is no news."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Talk(socketserver.StreamRequestHandler):
    timeout = 30
    server: _Server

    def finish(self) -> None:
        with contextlib.suppress(OSError):  # the sender was killed
            super().finish()

    def handle(self) -> None:
        self._say("220 chaos")
        recipient = ""
        while line := self.rfile.readline(2000):
            word = line[:4].upper()
            if word == b"RCPT":
                recipient = line.decode("ascii", "replace").partition("<")[2].partition(">")[0]
            if word == b"DATA":
                self._say("354 go on")
                if not self._take(recipient):
                    return
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say(self._answer(word))

    def _answer(self, word: bytes) -> str:
        if word == b"RCPT" and self.server.mails.mood in ("451", "550"):
            return f"{self.server.mails.mood} not now"
        return "250 chaos"

    def _take(self, recipient: str) -> bool:
        lines = []
        while (line := self.rfile.readline(100_000)) not in (b".\r\n", b""):
            lines.append(line)
        if not line:
            return False  # the sender died in the middle: nothing was taken
        headers = email.parser.BytesHeaderParser(policy=email.policy.default).parsebytes(
            b"".join(lines)
        )
        mails = self.server.mails
        with mails.lock:
            mails.received.append(
                Received(
                    str(headers["Message-ID"]).strip("<>"),
                    recipient,
                    str(headers["Subject"]),
                    time.time(),
                )
            )
        mails.tell("before")
        self._say("250 taken")
        mails.tell("after")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
