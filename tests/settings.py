"""The shop's own settings over services of the test run, and what differs from production."""

import os

from tests import services

services.ensure()

from shop.settings import *  # noqa: E402, F403
from shop.settings import (  # noqa: E402
    CACHES,
    CELERY_BROKER_URL,
    INSTALLED_APPS,
    REDIS_URL,
    STORAGES,
)

# Each worker of pytest has a broker of its own: no Celery worker takes the tasks of a stranger.
# And a cache of its own: `cache.clear()` empties a whole database, prefix or not.
_number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 8
CELERY_BROKER_URL = f"{CELERY_BROKER_URL.rpartition('/')[0]}/{8 + _number}"
CACHES = {"default": {**CACHES["default"], "LOCATION": f"{REDIS_URL.rpartition('/')[0]}/{_number}"}}
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
# Hashing a password for production takes long by design; a suite makes hundreds.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Without collectstatic there is no manifest; `tests/infra` covers the real storage.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
