"""The page that Peernet's are measured beside: the least that a Django page for somebody signed in does.

A session, a person, one query for 20 rows, one template; as many bytes as the page it is compared with.
"""
