"""What can be done with plans. Each verb authorises, locks, changes and records, in one transaction."""
