"""Characters, numbers and words; nothing here knows what a policy is."""
