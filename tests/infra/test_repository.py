"""What may not stand in the repository: secrets, addresses of registries, somebody's folders."""

import re
import subprocess

import pytest

from tests.infra.conftest import ROOT

FORBIDDEN = {
    "a live key": re.compile(r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    "a webhook's secret": re.compile(r"\bwhsec_[A-Za-z0-9+/]{24,}"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a token of a code host": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{30,}|\bglpat-[\w-]{20,}"),
    "a cloud key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a home folder": re.compile(r"/(?:home|Users)/[a-z]+/|/(?:root)/"),
    "the host of an index": re.compile(r"--(?:extra-)?index-url|--find-links"),
    "a password in an address": re.compile(r"\w+://[^/\s:@\"'{}]+:(?!password@)[^/\s@{}$\"']{8,}@"),
}
# Here the patterns themselves stand.
OURS = "tests/infra/test_repository.py"
TEXT = {".py", ".md", ".txt", ".in", ".toml", ".yml", ".html", ".css", ".js", ".po", ".svg", ""}


def _tracked():
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("not a git repository")
    return [ROOT / name for name in done.stdout.split("\0") if name and name != OURS]


def test_no_secret_no_registry_and_no_private_path_is_committed():
    found = []
    for path in _tracked():
        if path.suffix not in TEXT or not path.is_file():
            continue
        text = path.read_text(errors="replace")
        for name, pattern in FORBIDDEN.items():
            found += [
                f"{path.relative_to(ROOT)}: {name}: {hit[0]}" for hit in pattern.finditer(text)
            ]

    assert found == []


def test_nothing_that_is_made_is_committed():
    names = [str(path.relative_to(ROOT)) for path in _tracked()]

    assert len(names) > 100
    made = [
        name for name in names if re.search(r"\.(mo|pyc|eml|log)$|^\.env$|^(media|\.demo)/", name)
    ]
    assert made == []


def test_the_locks_name_hashes_and_no_index():
    for name in ("base", "demo", "dev"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()

        assert "://" not in lock
        for pin in re.findall(r"^\S+==.*(?:\n    .*)*", lock, re.M):
            assert "--hash=sha256:" in pin
