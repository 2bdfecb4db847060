"""Random draws that anybody can check: of who or what is inspected, of inspectors, experts, jurors.

    prepare → commit → (announced) → draw → answer … → proof → check
                 └──────────────────────┴── cancel, with a reason, in public

The list of candidates and the rules are frozen and committed to before a public value is known; the value and
the secret behind the commitment then decide, and nobody can steer the outcome alone. Chance, time and the
public value are passed in; nothing here knows where a draw is kept.
"""
