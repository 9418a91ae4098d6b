"""The pages of plans: a door, a form, one service, a page."""
