"""Supervision (督办): orders with a number, limits, feedback and urging; rules only.

What the rules rest on: one matter one order, a lead that is one body, an authority that every order states,
and restraint (政府督查工作条例, arts. 7, 11 and 15: no repeated, many-headed or ultra vires supervision).
"""
