"""What the benches share: a database of their own, servers, a load, and the printing of figures."""
