"""All SQL of the project: one module a noun, every function takes a connection first.

::

    engine     open_store, reading, writing (one commit)     tables     what there is
    lists      uploaded, confirmed, withdrawn                records    needs, offers of confirmed lists
    policies   stored once by their fingerprint              plans      ordered, watched, cancelled
    jobs       claimed by lease and token, finished once     results    what came of a plan
"""
