"""The shop's own settings over services of the test run, and what differs from production."""

from tests import services

services.ensure()

from shop.settings import *  # noqa: E402, F403
from shop.settings import INSTALLED_APPS, STORAGES  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
# Hashing a password for production takes long by design; a suite makes hundreds.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Without collectstatic there is no manifest; `tests/infra` covers the real storage.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
