"""The cache that never stands in the way of a sale."""

import os
import socketserver
import threading
import time
from collections.abc import Iterator

import pytest

from shop import cache as kit
from shop.cache import ForgivingRedisCache

NOBODY = "redis://127.0.0.1:1/0"
_names = iter(range(10**6))


def make(location: str) -> ForgivingRedisCache:
    return ForgivingRedisCache(location, {"KEY_PREFIX": f"{os.getpid()}-{next(_names)}"})


@pytest.fixture(params=["server", "memory"])
def cache(request) -> ForgivingRedisCache:
    """The same promises, whoever answers."""
    return make(os.environ["REDIS_URL"] if request.param == "server" else NOBODY)


def test_what_was_set_is_there_until_it_is_deleted(cache):
    assert cache.get("a", "none") == "none"
    cache.set("a", {"price": 24}, 60)

    assert cache.get("a") == {"price": 24}
    assert "a" in cache
    assert cache.delete("a") is True
    assert cache.delete("a") is False
    assert cache.get("a") is None


def test_add_succeeds_once(cache):
    assert cache.add("lock", 1, 60) is True
    assert cache.add("lock", 2, 60) is False
    assert cache.get("lock") == 1


def test_counting_goes_on_from_the_value_that_is_there(cache):
    cache.set("tries", 1, 60)

    assert cache.incr("tries") == 2
    assert cache.incr("tries", 5) == 7
    assert cache.decr("tries") == 6
    with pytest.raises(ValueError, match="nothing"):
        cache.incr("nothing")


def test_many_at_once(cache):
    assert cache.set_many({"a": 1, "b": 2}, 60) == []

    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
    cache.delete_many(["a", "c"])
    assert cache.get_many(["a", "b"]) == {"b": 2}


def test_touching_lengthens_what_is_there_and_nothing_else(cache):
    cache.set("a", 1, 60)

    assert cache.touch("a", 120) is True
    assert cache.touch("b", 120) is False


def test_what_has_expired_is_gone(cache):
    cache.set("a", 1, 1)
    cache.touch("a", -1)

    assert cache.get("a") is None
    assert cache.add("a", 2, 60) is True


def test_get_or_set_computes_once(cache):
    calls = []

    def compute():
        calls.append(1)
        return "made"

    assert [cache.get_or_set("a", compute, 60) for _time in range(3)] == ["made"] * 3
    assert len(calls) == 1


def test_clear_forgets_everything():
    cache = make(NOBODY)
    cache.set("a", 1)
    cache.clear()

    assert cache.get("a") is None


def test_while_the_server_is_away_it_is_not_asked_again_for_a_while():
    cache = make(NOBODY)
    assert not cache.is_away
    cache.set("a", 1)

    assert cache.is_away
    started = time.perf_counter()
    for _time in range(100):
        assert cache.get("a") == 1
    assert time.perf_counter() - started < 0.5


class _Server(socketserver.ThreadingTCPServer):
    """Answers every command with one line, whatever it is; nothing when the line is empty."""

    allow_reuse_address = True
    daemon_threads = True
    line = b"+OK\r\n"


class _Answer(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        while data := self.request.recv(65536):
            for command in data.split(b"*")[1:]:
                if self.server.line and b"HELLO" in command:
                    self.request.sendall(b"%1\r\n$5\r\nproto\r\n:3\r\n")
                elif self.server.line and b"CLIENT" in command:
                    self.request.sendall(b"+OK\r\n")
                else:
                    self.request.sendall(self.server.line)


@pytest.fixture
def stand_in() -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), _Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize(
    "line",
    [
        b"-OOM command not allowed when used memory > 'maxmemory'.\r\n",
        b"-READONLY You can't write against a read only replica.\r\n",
        b"-LOADING Redis is loading the dataset in memory\r\n",
        b"-NOAUTH Authentication required.\r\n",
    ],
)
def test_a_server_that_is_full_or_not_ready_is_as_good_as_away(stand_in, line):
    stand_in.line = line
    cache = make(f"redis://127.0.0.1:{stand_in.server_address[1]}/0")

    cache.set("a", 1, 60)

    assert cache.is_away
    assert cache.get("a") == 1
    assert cache.add("a", 2) is False


def test_a_server_that_says_nothing_costs_a_fraction_of_a_second_once(stand_in):
    stand_in.line = b""
    cache = make(f"redis://127.0.0.1:{stand_in.server_address[1]}/0")
    started = time.perf_counter()

    for number in range(20):
        cache.set(f"key-{number}", number, 60)

    assert cache.get("key-19") == 19
    assert time.perf_counter() - started < 1.5


def test_when_the_server_is_back_it_is_asked_again(stand_in, monkeypatch):
    monkeypatch.setattr(kit, "PAUSE_SECONDS", 0.1)
    stand_in.line = b"-LOADING Redis is loading the dataset in memory\r\n"
    cache = make(f"redis://127.0.0.1:{stand_in.server_address[1]}/0")
    cache.set("a", 1, 60)
    assert cache.is_away

    stand_in.line = b"$1\r\n7\r\n"
    time.sleep(0.15)

    assert cache.get("a") == 7
    assert not cache.is_away
