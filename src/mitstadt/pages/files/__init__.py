"""Pictures and documents by their address: whoever may read the record may see what hangs on it, and nobody else."""
