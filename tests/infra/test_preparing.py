"""What a start does again, and what it leaves alone."""

import sys

import psycopg
import pytest

from demo import folder, postgres, postgres_home, preparing, processes, stamps, system_account


class Commands(preparing.Preparation):
    """A preparation whose management commands are programs of the test."""

    programs = {}

    def _command(self, name, *arguments):
        self.called = [*getattr(self, "called", []), name]
        code = self.programs.get(name, "pass")
        command = [sys.executable, "-S", "-c", code]
        return self._tree.start(name, command, env={}, folder=folder.ROOT)


@pytest.fixture
def place(tmp_path):
    made = folder.Folder(tmp_path / "demo")
    made.make()
    yield made
    postgres_home.forget(made.path)


@pytest.fixture
def tree(place):
    made = processes.Tree(wish=processes.Wish(), logs=place.logs)
    yield made
    made.stop()


def _prepare(place, tree, *, url="", said=None):
    return Commands(
        place,
        tree,
        environment={"DATABASE_URL": url},
        database_stamps=stamps.Stamps(place.path / "database.json"),
        say=(said if said is not None else []).append,
    )


def test_a_second_start_repeats_nothing(place, tree):
    first, second = _prepare(place, tree), _prepare(place, tree)
    first.run(with_seed=True)
    second.run(with_seed=True)

    assert sorted(first.called) == [
        "collectstatic",
        "compile_messages",
        "load_vat_rates",
        "migrate",
        "seed",
        "set_roles",
    ]
    assert not hasattr(second, "called")


def test_the_lines_of_the_seed_are_passed_on(place, tree, monkeypatch):
    monkeypatch.setitem(Commands.programs, "seed", "print('60 pictures'); print('done')")
    said = []

    _prepare(place, tree, said=said).run(with_seed=True)

    assert said[-2:] == ["  60 pictures", "  done"]


def test_what_failed_is_done_again(place, tree, monkeypatch):
    monkeypatch.setitem(Commands.programs, "migrate", "raise SystemExit(1)")
    with pytest.raises(processes.Failed, match=r"migrate failed; its log is .*migrate\.log"):
        _prepare(place, tree).run(with_seed=True)
    tree.stop()

    monkeypatch.setitem(Commands.programs, "migrate", "pass")
    again = _prepare(place, tree)
    again.run(with_seed=True)

    assert {"migrate", "seed"} <= set(again.called)


def test_a_seed_that_was_stopped_in_the_middle_begins_with_an_empty_database(
    place, tree, monkeypatch, tmp_path
):
    home = postgres_home.find(place.path, account=system_account.unprivileged())
    server = postgres.start(home, password="for-this-test", tree=tree, is_fleeting=True)
    monkeypatch.setitem(Commands.programs, "seed", "raise SystemExit(1)")
    with pytest.raises(processes.Failed, match="seed failed"):
        _prepare(place, tree, url=server.url).run(with_seed=True)
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE half_a_world ()")

    monkeypatch.setitem(Commands.programs, "seed", "pass")
    again = _prepare(place, tree, url=server.url)
    again.run(with_seed=True)

    with psycopg.connect(server.url) as connection:
        row = connection.execute("SELECT to_regclass('half_a_world')").fetchone()
    assert row == (None,)
    assert again.called == ["collectstatic", "migrate", "load_vat_rates", "set_roles", "seed"]
