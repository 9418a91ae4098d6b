"""The doors of plans. Whether something may be read is asked here, each time anew, and a miss is a 404."""

from crisisplans.queries.own import OwnPlan, first_steps_of, own_plan

__all__ = ["OwnPlan", "first_steps_of", "own_plan"]
