"""Places in forms and on maps: found by name, set by a click on a drawn map, or told in words; no third party."""
