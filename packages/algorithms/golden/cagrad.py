"""Golden values for CAGrad, computed on full gradients instead of the Gramian.

Liu et al. 2021, algorithm 1: with the mean gradient g0 and phi = c^2 |g0|^2, w in the simplex has the least <g_w, g0> + sqrt(phi) |g_w|, and
d = g0 + sqrt(phi) g_w / |g_w|. The function is convex, so is its least value over the remaining weights as a function of the others: golden
sections within golden sections find w for few tasks, one task after the other. The update is tasks * d / (1 + c). Written from the algorithm's text,
sharing no code with the suite. The gradients of the first case are the worked example in TorchJD's documentation.

Made with Python 3.11.7 and NumPy 2.4.6 (recorded in the file):  python3 packages/algorithms/golden/cagrad.py > packages/algorithms/golden/cagrad.json
"""

import json

import numpy as np

from versions import versions

RATIO = (np.sqrt(5) - 1) / 2


def least(f, high, sections):
    """The least value of a convex f on [0, high], and where."""
    low = 0.0
    a, b = high - RATIO * (high - low), low + RATIO * (high - low)
    fa, fb = f(a), f(b)
    for _ in range(sections):
        if fa[0] <= fb[0]:
            high, b, fb = b, a, fa
            a = high - RATIO * (high - low)
            fa = f(a)
        else:
            low, a, fa = a, b, fb
            b = low + RATIO * (high - low)
            fb = f(b)
    return min([fa, fb, f(low), f(high)], key=lambda each: each[0])


def worst(value, tasks, sections, chosen=()):
    """Least value over weights that begin with those chosen, and the weights."""
    left = max(0.0, 1 - sum(chosen))
    if len(chosen) == tasks - 1:
        weights = np.array([*chosen, left])
        return value(weights), weights
    return least(lambda weight: worst(value, tasks, sections, (*chosen, weight)), left, sections)


def update(gradients, c):
    tasks = len(gradients)
    mean = gradients.mean(0)
    radius = c * np.linalg.norm(mean)
    value = lambda w: (w @ gradients) @ mean + radius * np.linalg.norm(w @ gradients)
    sections = {2: 80, 3: 60, 4: 42}[tasks]
    combined = worst(value, tasks, sections)[1] @ gradients
    return tasks * (mean + radius * combined / np.linalg.norm(combined)) / (1 + c)


generator = np.random.default_rng(20211026)
cases = [(np.array([[-4.0, 1, 1], [6, 1, 1]]), 0.5)]
for tasks, size, c in [(2, 2, 0.4), (2, 10, 0.9), (3, 5, 0.5), (3, 20, 0.1), (4, 6, 0.5)]:
    cases.append((generator.normal(size=(tasks, size)).round(3), c))

print(
    json.dumps(
        {
            "versions": versions(),
            "cases": [{"gradients": g.tolist(), "c": c, "update": update(g, c).tolist()} for g, c in cases],
        }
    )
)
