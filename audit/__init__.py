"""The record: append-only, sealed chains that know nobody."""
