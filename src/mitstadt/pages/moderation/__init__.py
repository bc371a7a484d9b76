"""Reports, the moderators' queue and decisions, and what the author reads of them (Moderation, Melden, Widerspruch)."""
