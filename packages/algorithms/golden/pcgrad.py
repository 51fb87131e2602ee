"""Golden values for PCGrad, computed on full gradients instead of the Gramian.

Yu et al. 2020, algorithm 1: g_i loses its component along every g_j it conflicts with, over the other tasks in a given order; the update is
the sum over i. Written from the algorithm's text, sharing no code with the suite.

Made with Python 3.11.7 and NumPy 2.4.6 (recorded in the file):  python3 packages/algorithms/golden/pcgrad.py > packages/algorithms/src/multi-task/weightings/pcgrad.golden.json
"""

import json

import numpy as np

from versions import versions

generator = np.random.default_rng(20201206)
cases = []
for tasks, size in [(2, 2), (2, 10), (3, 4), (3, 20), (5, 3)]:
    gradients = generator.normal(size=(tasks, size)).round(3)
    orders = [generator.permutation(tasks).tolist() for _ in range(tasks)]
    update = np.zeros(size)
    for i in range(tasks):
        projected = gradients[i].copy()
        for j in orders[i]:
            if j == i:
                continue
            inner = projected @ gradients[j]
            if inner < 0:
                projected = projected - inner / (gradients[j] @ gradients[j]) * gradients[j]
        update += projected
    cases.append({"gradients": gradients.tolist(), "orders": orders, "update": update.tolist()})

print(json.dumps({"versions": versions(), "cases": cases}))
