"""Crisis plans and development plans: their owner's words, sealed under a key of the owner's own."""
