"""The commands of pmdraft, one module each."""
