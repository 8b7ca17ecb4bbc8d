"""Background work: the queues, and every job that runs by the clock.

A wake-up is a hint, never the memory: rows in the database say what is to be done, and the jobs
below find what a lost hint left lying.
"""

import importlib
import logging
import os
import time
from typing import Any

from celery import Celery, Task
from django.apps import apps
from django.db import transaction
from django.utils.module_loading import module_has_submodule
from kombu.exceptions import LimitExceeded, OperationalError
from kombu.pools import producers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
# Celery runs Django's checks at every start, and they ask the database: a worker or beat that
# starts while it is away would end. `manage.py check` belongs to the deployment.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
log = logging.getLogger(__name__)

# A visitor must not wait for a broker that hangs, so it is asked once and shortly: the wake-up is a
# hint. Workers wait longer, with connections of their own.
PATIENCE = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3, "max_retries": 0}
PAUSE_SECONDS = 5.0  # until the broker is tried again after it did not answer


class WakeTask(Task[Any, Any]):
    """A task whose start after commit can fail without harming the request that asked for it."""

    _closed_until = 0.0  # of all tasks together: see `_wake`

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        transaction.on_commit(lambda: self._wake(args, kwargs), robust=True)

    def _wake(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if time.monotonic() < WakeTask._closed_until:
            return
        options = {**app.conf.broker_transport_options, **PATIENCE}
        connection = app.connection_for_write(transport_options=options)
        try:
            with producers[connection].acquire(
                block=True, timeout=PATIENCE["socket_timeout"]
            ) as one:
                self.apply_async(args=args, kwargs=kwargs, producer=one)
        except (OperationalError, LimitExceeded, OSError) as problem:
            WakeTask._closed_until = time.monotonic() + PAUSE_SECONDS
            log.warning("broker away, %s waits for its job: %s", self.name, type(problem).__name__)


app = Celery("shop", task_cls=WakeTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tasks")
app.autodiscover_tasks(related_name="jobs")

app.conf.task_routes = {
    "orders.jobs.*": {"queue": "money"},
    "orders.tasks.*": {"queue": "mail"},
    "orders.withdrawals.tasks.*": {"queue": "mail"},
    "inventory.tasks.*": {"queue": "mail"},
    "support.tasks.*": {"queue": "mail"},
}


@app.on_after_finalize.connect  # Celery's own start-up hook: the jobs can only be read by then.
def _schedule(sender: Celery, **_kwargs: Any) -> None:
    """Collect the jobs of all apps: each `<app>/jobs.py` may hold a `SCHEDULE`."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "jobs"):
            jobs = importlib.import_module(f"{config.name}.jobs")
            sender.conf.beat_schedule.update(getattr(jobs, "SCHEDULE", {}))
