"""The demo city: a living Berlin built from the files in `content` through the real actions, day by day up to today."""
