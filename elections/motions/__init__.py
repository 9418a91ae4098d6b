"""Motions: what members propose, talk over and vote on, and what then happens by itself (domain, sections 2 and 3)."""
