"""The plugins of the suite; the people and goods of the tests stand in `tests/conftest.py`."""

pytest_plugins = ["tests.plugins.browser", "tests.plugins.network"]
