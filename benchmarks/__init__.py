"""How fast and how right Luoshi is, side by side with what else one would use, and against the last run.

`make bench` (or `python -m benchmarks`) measures everything, appends to `history.jsonl` and writes the table
in `README.md`. Times on a shared machine waver, so what counts is ratios of medians of alternating runs.
"""
