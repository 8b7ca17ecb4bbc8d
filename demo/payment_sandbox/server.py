"""The HTTP server: sockets here, sense elsewhere."""

import hashlib
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer
from typing import Any

from demo.payment_sandbox import (
    api,
    config,
    control,
    http_types,
    idempotency,
    ids,
    pages,
    paying,
    sessions,
    webhooks,
)
from demo.payment_sandbox.http_types import Answer, Request
from demo.payment_sandbox.world import World

LARGEST_BODY = 1_000_000
TICK = 0.2
PRUNE_EVERY = 600.0


class Sandbox:
    """A running sandbox: ``start`` binds 127.0.0.1, ``stop`` ends it within a second."""

    def __init__(self, settings: config.Config) -> None:
        self.world = World(settings)
        self.sender = webhooks.Sender(self.world)
        self.world.on_due("expiry", sessions.fall_due)
        self.world.on_due("settlement", paying.fall_due)
        sessions.reappoint(self.world)
        paying.reappoint(self.world)
        self._server = _Server(("127.0.0.1", settings.port), _Handler)
        self._server.sandbox = self
        self._over = threading.Event()
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.world.url = settings.public_url or self.url

    def start(self, *, poll: float = 0.1) -> None:
        """Serve, deliver and watch the clock in threads of their own; ``stop`` takes ``poll``."""
        self.sender.start()
        threading.Thread(
            target=self._server.serve_forever, args=(poll,), name="http", daemon=True
        ).start()
        threading.Thread(target=self._tick, name="clock", daemon=True).start()

    def stop(self) -> None:
        """Answer nothing more, keep the state, let go of port and file."""
        self._over.set()
        self.sender.stop()
        self._server.shutdown()
        self._server.server_close()
        with self.world.lock:
            self.world.store.close()

    def answer(self, request: Request) -> Answer:
        """The answer to any request."""
        if request.path.startswith("/v1/"):
            return api.answer(self.world, request)
        if request.path.startswith("/_control/"):
            return control.answer(self.world, self.sender, request)
        if request.path == "/healthz":
            return http_types.as_json({"status": "ok"})
        return pages.answer(self.world, request)

    def _tick(self) -> None:
        pruned = time.monotonic()
        while not self._over.wait(TICK):
            try:
                with self.world.act():
                    pass
            except Exception:
                traceback.print_exc()
            if time.monotonic() - pruned > PRUNE_EVERY:
                pruned = time.monotonic()
                idempotency.prune(self.world)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    sandbox: Sandbox

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            BaseServer.handle_error(self, request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        """Every method goes the same way."""
        self._serve()

    def version_string(self) -> str:
        """The Server header."""
        return "payment-sandbox"

    do_POST = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """One line per request, only when asked for; never a body or a header."""
        if self.server.sandbox.world.settings.log:
            sys.stderr.write("payment sandbox: " + format % args + "\n")

    def _serve(self) -> None:
        body = self._body()
        if body is None:
            return
        path, _, query = self.path.partition("?")
        request = Request(
            method="GET" if self.command == "HEAD" else self.command,
            path=path,
            query=query,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
            request_id=ids.new("req"),
        )
        start = time.monotonic()
        try:
            result = self.server.sandbox.answer(request)
        except Exception:
            traceback.print_exc()
            result = http_types.as_json(
                {"error": {"type": "api_error", "message": "The payment sandbox itself failed."}},
                status=500,
            )
        self._remember(request, result, time.monotonic() - start)
        self._send(result)

    def _body(self) -> bytes | None:
        """The body, or None after a refusal of one that cannot be taken."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers:
            return self._refuse(411)
        if not length.isdigit():
            return self._refuse(400)
        if int(length) > LARGEST_BODY:
            self._swallow(min(int(length), 8 * LARGEST_BODY))
            return self._refuse(413)
        return self.rfile.read(int(length))

    def _swallow(self, length: int) -> None:
        """Read and forget: who is still sending would not see the refusal."""
        while length > 0 and (part := self.rfile.read(min(length, 65536))):
            length -= len(part)

    def _refuse(self, status: int) -> bytes | None:
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.flush()
        return None

    def _send(self, result: Answer) -> None:
        if result.hang_up:
            self.close_connection = True
            return
        self.send_response(result.status)
        for name, value in result.headers.items():
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(result.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(result.body)
        self.wfile.flush()

    def _remember(self, request: Request, result: Answer, seconds: float) -> None:
        if not request.path.startswith("/v1/"):
            return
        failed = result.status >= 400
        self.server.sandbox.world.requests.append(
            {
                "id": request.request_id,
                "at": self.server.sandbox.world.clock.now(),
                "method": request.method,
                "path": request.path,
                "idempotency_key": request.headers.get("idempotency-key"),
                "digest": hashlib.sha256(request.body).hexdigest()[:16],
                "status": None if result.hang_up else result.status,
                "replayed": "Idempotent-Replayed" in result.headers,
                "seconds": round(seconds, 4),
                "error": result.body.decode() if failed else None,
            }
        )
