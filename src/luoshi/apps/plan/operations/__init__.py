"""Everything that changes a plan: one function a deed, one transaction each, the audit record inside it."""
