"""From evidence to a postmortem: what is asked of a model, and what code makes of the answers."""
