"""A real server with people signed in, and sockets to it: for the tests of this folder and for bench/sockets.py."""
