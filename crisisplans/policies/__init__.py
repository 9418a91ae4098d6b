"""Who may read what of a plan, and when. Plain functions that answer with a reason."""

from crisisplans.policies.opening import may_have_plans_opened, may_look_now, may_open_here, may_read

__all__ = ["may_have_plans_opened", "may_look_now", "may_open_here", "may_read"]
