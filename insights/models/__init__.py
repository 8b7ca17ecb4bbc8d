from insights.models.milestone import Milestone
from insights.models.sales import SalesDay, SalesState
from insights.models.trying import Assignment, Event, Experiment

__all__ = ["Assignment", "Event", "Experiment", "Milestone", "SalesDay", "SalesState"]
