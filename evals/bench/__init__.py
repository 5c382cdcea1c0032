"""Figures of speed and memory, a module for each topic: `python -m evals.bench [TOPIC] [--big]`."""
