"""Elections, motions and the sealed ballots of both."""
