"""What all commands share: they are found, parsed, run, and told about in one way. Commands lie beside this folder."""
