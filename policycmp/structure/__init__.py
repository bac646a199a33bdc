"""A `Policy` becomes sections, clauses and the bodies that answer for them."""
