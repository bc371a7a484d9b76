"""Fair lots: citizens' panels drawn under quotas, fairly to each person and checkable by everyone.

Read `pool.read_pool` and `quotas.read_quotas`; ask `feasibility.find_conflict`; `solution.solve` gives probabilities,
panels and a proof; `numbered.numbered_lottery` makes them drawable in public; `publication` commits and draws;
`verifier` is published with the draw and stands alone; `replacement` fills places of those who drop out.
"""
