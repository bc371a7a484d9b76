"""Fields for files: they keep what was uploaded while the rest of a form is put right, without JavaScript."""
