"""`python -m shop.alive web|worker|beat`: the health checks of the containers; ends with 0 or 1."""

import http.client
import os
import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

# Beat writes its schedule every three minutes.
BEAT_SCHEDULE = Path("/data/beat/schedule")
BEAT_SECONDS = 600


def web() -> bool:
    """The web server answers, asked for the shop's own host: others it refuses."""
    port = int(os.environ.get("GRANIAN_PORT", "8000"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    host = urlsplit(os.environ["SITE_URL"]).hostname or ""
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def worker() -> bool:
    """The worker of this container answers a ping through the broker."""
    from shop.celery import app

    name = f"celery@{socket.gethostname()}"
    return bool(app.control.inspect(destination=[name], timeout=5).ping())


def beat(schedule: Path = BEAT_SCHEDULE) -> bool:
    """Beat wrote its schedule lately."""
    files = schedule.parent.glob(f"{schedule.name}*")
    return any(time.time() - path.stat().st_mtime < BEAT_SECONDS for path in files)


CHECKS: Mapping[str, Callable[[], bool]] = {"web": web, "worker": worker, "beat": beat}

if __name__ == "__main__":
    sys.exit(0 if CHECKS[sys.argv[1]]() else 1)
