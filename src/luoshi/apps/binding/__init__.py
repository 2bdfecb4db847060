"""Mechanisms and indicators bound to the tasks and targets of plans; a person says which."""
