"""What can be asked of the audit log: entries, the tree, its examination, proofs, the export."""
