"""Runs a command that ends when its parent ends: `python tether.py PARENT SIGNAL UID:GID -- CMD…`.

A file of its own, without imports of ours, because it is started by path and isolated (`-I -S`)
in a few milliseconds. On Linux the kernel sends SIGNAL to the command when the parent dies, even
by SIGKILL; elsewhere only an orderly stop of the parent stops the command.
`UID:GID` is `-` or the user to become first: the order matters, because the kernel forgets the
wish to be signalled when the credentials change.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def follow_parent(*, parent: int, signal_number: int) -> None:
    """Ask the kernel for SIGNAL when the parent dies; end at once if it is dead already."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:
        sys.exit(1)


def become(owner: str) -> None:
    """Give up root for the user `UID:GID`, with no further groups; `-` changes nothing."""
    if owner == "-":
        return
    uid, gid = (int(part) for part in owner.split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def main(arguments: list[str]) -> None:
    parent, signal_number, owner, separator, *command = arguments
    if separator != "--" or not command:
        sys.exit("usage: tether.py PARENT SIGNAL UID:GID|- -- COMMAND…")
    become(owner)
    follow_parent(parent=int(parent), signal_number=int(signal_number))
    # A shell that starts us in the background lets us ignore Ctrl-C; the command shall hear it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
