"""Dates as government work counts them: working days, periods, recurrences, statutory limits.

Dates only: the hour and the time zone belong to the edges, and nothing here asks what day it is.
"""
