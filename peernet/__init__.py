"""The site put together: settings, addresses, commands, jobs. Nothing imports it."""
