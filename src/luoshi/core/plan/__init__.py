"""plan: clean text becomes sections, tasks, bodies with roles, targets, deadlines, citations and findings."""
