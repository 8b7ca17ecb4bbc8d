"""The shop's own settings for the processes of the rig, and what differs from production."""

import os

from shop.settings import *  # noqa: F403
from shop.settings import INSTALLED_APPS, STORAGES
from shop.settings import _mail as mail_server

# DEMO=1 writes mails into a folder; the rig wants them at its mail server, the production way.
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": mail_server["EMAIL_HOST"],
            "port": mail_server["EMAIL_PORT"],
            "timeout": 10,
        },
    }
}
# Without collectstatic there is no manifest.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if os.environ.get("KONTOR_CHAOS_CARELESS"):
    INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.careless"]
