"""The top floor: settings, addresses, the command line and the demo city."""
