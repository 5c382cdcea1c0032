"""Figures of speed, memory and cost, a module for each topic: `python -m evals.bench [TOPIC …]`.

A topic is a module with `measure(asked: Asked)`, which prints what it measures on which input; its
name stands in `TOPICS`.
"""
