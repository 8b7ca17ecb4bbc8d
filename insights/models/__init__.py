from insights.models.sales import SalesDay, SalesState
from insights.models.trying import Assignment, Event, Experiment

__all__ = ["Assignment", "Event", "Experiment", "SalesDay", "SalesState"]
