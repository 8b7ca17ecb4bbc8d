"""Trying things out: who sees what is decided by a hash, so it is the same on every page."""

import datetime
import hashlib

from insights.models import Assignment, Experiment

BUCKETS = 1000


def bucket(visitor_id: str, key: str) -> int:
    """The bucket of a visitor in an experiment, 0–999. Pure, even, and different for each `key`."""
    digest = hashlib.sha256(f"{key}:{visitor_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % BUCKETS


def expose(key: str, *, visitor_id: str, moment: datetime.datetime) -> str:
    """The variant that this visitor sees, noted at the first time. Views branch on it.

    Empty when no such experiment runs or the visitor is not to be recognised: then the shop is
    as it was. Equal shares; who has been assigned stays where they are.
    """
    experiment = Experiment.objects.running(moment).filter(key=key).first()
    if experiment is None or not visitor_id:
        return ""
    share = bucket(visitor_id, key) * len(experiment.variants) // BUCKETS
    assignment, _is_new = Assignment.objects.get_or_create(
        experiment=experiment,
        visitor_id=visitor_id,
        defaults={"variant": experiment.variants[share], "created_at": moment},
    )
    return assignment.variant
