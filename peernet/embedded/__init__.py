"""The whole site in one process: pages, jobs and their clock as threads beside each other (docs/adr/0002)."""
