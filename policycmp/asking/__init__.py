"""A comparison in, rows out; no words for people."""
