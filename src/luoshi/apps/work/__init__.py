"""A plan at work: issued to bodies, reported on period by period, brought together by leads, accepted."""
