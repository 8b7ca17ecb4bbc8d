"""PostgreSQL from the wheel: nobody enters without the password, no folder is opened to anybody."""

import os
import shutil
import stat

import psycopg
import pytest

from demo import ports, postgres, postgres_home, processes, system_account

PASSWORD = "only-for-this-test"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")


@pytest.fixture
def private(tmp_path):
    """A project's demo folder below a private home (mode 700), as root's is."""
    home = tmp_path / "home"
    project = home / "kontor" / ".demo"
    project.mkdir(parents=True)
    home.chmod(0o700)
    project.chmod(0o711)
    yield project
    postgres_home.forget(project)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.fixture
def tree(tmp_path):
    made = processes.Tree(wish=processes.Wish(), logs=tmp_path)
    yield made
    made.stop()


def _modes(folder):
    return {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.parents]}


def _start(home, tree):
    return postgres.start(home, password=PASSWORD, tree=tree, is_fleeting=True)


@as_root
def test_below_a_private_home_the_database_moves_out_and_no_folder_changes_its_mode(private, tree):
    before = _modes(private.parent)

    home = postgres_home.find(private, account=system_account.unprivileged())
    server = _start(home, tree)

    assert _modes(private.parent) == before
    assert private not in home.folder.parents
    assert home.folder.stat().st_uid == 0
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o710
    assert stat.S_IMODE(home.cluster.stat().st_mode) == 0o700
    assert home.cluster.stat().st_uid == home.account.uid != 0
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT user").fetchone() == ("kontor",)


@as_root
def test_the_place_outside_is_found_again_and_forgotten_completely(private):
    account = system_account.unprivileged()
    first = postgres_home.find(private, account=account)

    again = postgres_home.find(private, account=account)
    postgres_home.forget(private)

    assert again == first
    assert not first.folder.exists()
    assert list(private.iterdir()) == []


@as_root
def test_a_place_that_somebody_else_planted_is_not_used(private):
    account = system_account.unprivileged()
    first = postgres_home.find(private, account=account)
    os.chown(first.folder, account.uid, account.gid)

    second = postgres_home.find(private, account=account)

    assert second.folder != first.folder
    assert second.folder.stat().st_uid == 0
    shutil.rmtree(first.folder)


def test_the_pointer_of_a_copied_project_does_not_lead_to_the_originals_database(private, tmp_path):
    account = system_account.unprivileged()
    first = postgres_home.find(private, account=account)
    copy = tmp_path / "copy"
    copy.mkdir(mode=0o700)
    (copy / "postgres-home").write_text(f"{first.folder}\n")

    second = postgres_home.find(copy, account=account)

    assert second.folder != first.folder
    postgres_home.forget(copy)
    assert first.folder.exists()


def test_nobody_enters_without_the_password(private, tree):
    home = postgres_home.find(private, account=system_account.unprivileged())
    server = _start(home, tree)
    info = psycopg.conninfo.conninfo_to_dict(server.url)

    for user in ("postgres", "kontor"):
        for password in ("", "wrong"):
            with pytest.raises(psycopg.OperationalError, match=r"password"):
                psycopg.connect(
                    host=info["host"],
                    port=info["port"],
                    user=user,
                    password=password,
                    dbname="postgres",
                )
    assert info["host"] == ports.LOOPBACK
    assert PASSWORD not in _command_line(server.child.pid)


def test_a_half_made_cluster_is_made_anew_and_a_pid_file_of_a_dead_machine_ignored(private, tree):
    home = postgres_home.find(private, account=system_account.unprivileged())
    (home.cluster / "data").mkdir()
    (home.cluster / "data" / "half").write_text("")
    first = _start(home, tree)
    tree.stop()
    # The number of a process that runs, but is no PostgreSQL of ours.
    (home.cluster / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")

    second = _start(home, tree)

    assert (first.is_new, second.is_new) == (True, False)
    with psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def _command_line(pid):
    with open(f"/proc/{pid}/cmdline") as file:
        return file.read()
