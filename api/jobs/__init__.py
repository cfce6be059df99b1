"""Solving beside the service: plans in child processes, questions about them in a warm one.

::

    worker (a thread of the server) ── claims a plan, renews its lease, watches ──► child (a process)
                                                                                      │ make_plan
    questions (of handlers) ──► recall (a warm process)                               ▼ outcome
              why not?            plans rebuilt, not solved again ◄── store ◄── one transaction
"""
