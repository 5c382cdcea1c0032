"""One run of a command: its inputs, its plan, its model, and the files that it writes."""
