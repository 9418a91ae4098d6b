"""The doors of plans. Whether something may be read is asked here, each time anew, and a miss is a 404."""

from crisisplans.queries.opened import access_opening, openings_for
from crisisplans.queries.own import OwnPlan, first_steps_of, own_plan

__all__ = ["OwnPlan", "access_opening", "first_steps_of", "openings_for", "own_plan"]
