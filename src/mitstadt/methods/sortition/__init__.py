"""Fair lots: citizens' panels drawn under quotas, fairly to each person and checkable by everyone."""
