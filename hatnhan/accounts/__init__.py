"""Sign-in, second factors and tokens, nothing else."""
