"""Tasks start after commit, know their queue, and what runs by the clock exists."""

import ast
import fnmatch
import importlib

from shop.celery import app
from tests.house import code


def _modules(ending: str):
    names = [name for name in code.python_files() if name.endswith(ending)]
    return [importlib.import_module(name[:-3].replace("/", ".")) for name in names]


def _our_tasks() -> list[str]:
    _modules("/tasks.py")
    _modules("/jobs.py")
    app.finalize()
    return [name for name in app.tasks if name.split(".")[0] in code.APPS]


def test_every_task_is_routed():
    queues = {"money", "mail", "slow"}
    routed = {name: app.amqp.router.route({}, name)["queue"].name for name in _our_tasks()}

    lost = {name: queue for name, queue in routed.items() if queue not in queues}
    assert not lost, f"No worker listens to these queues: {lost}"


def test_money_and_mail_never_wait_behind_slow_work():
    for name in _our_tasks():
        queue = app.amqp.router.route({}, name)["queue"].name
        if name.startswith("orders.jobs."):
            assert queue == "money", f"{name} goes to {queue}"
        if fnmatch.fnmatch(name, "*.tasks.send_*"):
            assert queue == "mail", f"{name} goes to {queue}"


def test_every_route_leads_somewhere():
    tasks = _our_tasks()
    dead = [
        pattern
        for pattern in app.conf.task_routes
        if pattern.split(".")[0] in code.APPS
        and (code.ROOT / pattern.replace(".*", "").replace(".", "/")).with_suffix(".py").is_file()
        and not fnmatch.filter(tasks, pattern)
    ]

    assert not dead, f"These routes match no task: {dead}"


def test_what_runs_by_the_clock_exists():
    """Each app says in jobs.SCHEDULE what is to run when; shop/celery.py collects it."""
    scheduled = {
        entry["task"]
        for module in _modules("/jobs.py")
        for entry in getattr(module, "SCHEDULE", {}).values()
    }

    assert scheduled, "Nothing is scheduled at all."
    assert scheduled <= set(_our_tasks()), f"No such tasks: {scheduled - set(_our_tasks())}"


def starts_too_early(name, tree):
    """`.delay(` and `.apply_async(` run before the transaction is over, or without it."""
    for node in ast.walk(tree):
        called = node.func.attr if _is_method_call(node) else ""
        if called in ("delay", "apply_async") and name != "shop/celery.py":
            yield f"{name}:{node.lineno}: use delay_on_commit"


def _is_method_call(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)


def test_tasks_start_after_commit():
    assert code.findings(starts_too_early) == []
    assert len(code.seeded(starts_too_early, "job.delay(1)\njob.apply_async()\nrun_after()")) == 2
