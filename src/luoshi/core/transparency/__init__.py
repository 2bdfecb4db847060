"""A log that anybody can check: canonical bytes, a Merkle tree over them, proofs, signed checkpoints.

Nothing here knows where events, keys or checkpoints are kept.
"""
