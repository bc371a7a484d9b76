"""Opinion maps: who answers alike, what divides, what all share, and what to ask next."""
