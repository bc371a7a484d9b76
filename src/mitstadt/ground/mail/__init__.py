"""Mail that we send; in the demo it goes to a folder that a page can read."""
