"""Background work: the queues, and every job that runs by the clock.

A wake-up is a hint, never the memory: rows in the database say what is to be done, and the jobs
below find what a lost hint left lying.
"""

import importlib
import logging
import os
from typing import Any

from celery import Celery, Task
from django.apps import apps
from django.db import transaction
from django.utils.module_loading import module_has_submodule
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
log = logging.getLogger(__name__)


class WakeTask(Task[Any, Any]):
    """A task whose start after commit can fail without harming the request that asked for it."""

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        transaction.on_commit(lambda: self._wake(args, kwargs), robust=True)

    def _wake(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        try:
            self.apply_async(args=args, kwargs=kwargs)
        except (OperationalError, OSError) as problem:
            log.warning("broker away, %s waits for its job: %s", self.name, type(problem).__name__)


app = Celery("shop", task_cls=WakeTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tasks")
app.autodiscover_tasks(related_name="jobs")

app.conf.task_routes = {
    "orders.jobs.*": {"queue": "money"},
    "orders.tasks.*": {"queue": "mail"},
}


@app.on_after_finalize.connect  # Celery's own start-up hook: the jobs can only be read by then.
def _schedule(sender: Celery, **_kwargs: Any) -> None:
    """Collect the jobs of all apps: each `<app>/jobs.py` may hold a `SCHEDULE`."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "jobs"):
            jobs = importlib.import_module(f"{config.name}.jobs")
            sender.conf.beat_schedule.update(getattr(jobs, "SCHEDULE", {}))
