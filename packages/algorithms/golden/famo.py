"""Golden values for FAMO: the weights at each update of a made-up course of losses before and after steps.

Liu, Feng, Stone, Liu 2023, algorithm 1, with the least loss 0 and 1e-8 added to losses: z = softmax(xi); the update is along
c sum_i z_i grad log L_i, c = 1 / sum_i (z_i / L_i), here times the number of tasks; after the step xi moves against
(Jacobian of softmax)^T delta + decay xi with delta_i = log L_i - log L'_i, by Adam (Kingma, Ba 2015, algorithm 1) with its defaults but for the rate. Written from
the algorithms' text, sharing no code with the suite.

Made with Python 3.11.7 and NumPy 2.4.6 (recorded in the file):  python3 packages/algorithms/golden/famo.py > packages/algorithms/golden/famo.json
"""

import json

import numpy as np

from versions import versions

generator = np.random.default_rng(20230606)
LEAST = 1e-8


def course(tasks, rate, decay, steps):
    xi = np.zeros(tasks)
    first, second = np.zeros(tasks), np.zeros(tasks)
    updates = []
    for step in range(1, steps + 1):
        before = generator.uniform(0.1, 3, size=tasks).round(3)
        now = (before * generator.uniform(0.7, 1.1, size=tasks)).round(3)
        z = np.exp(xi) / np.exp(xi).sum()
        weights = tasks * (z / (before + LEAST)) / (z / (before + LEAST)).sum()
        updates.append({"before": before.tolist(), "now": now.tolist(), "weights": weights.tolist()})
        jacobian = np.diag(z) - np.outer(z, z)
        gradient = jacobian.T @ (np.log(before + LEAST) - np.log(now + LEAST)) + decay * xi
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        xi = xi - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {"rate": rate, "decay": decay, "updates": updates}


cases = [course(2, 0.025, 0.001, 8), course(3, 0.1, 0.01, 8)]
print(json.dumps({"versions": versions(), "cases": cases}))
