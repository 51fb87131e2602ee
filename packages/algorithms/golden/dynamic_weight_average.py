"""Golden values for dynamic weight average: the weights at each update of a made-up course of losses.

Liu, Johns, Davison 2019, equation 7: w_k = K exp(r_k / T) / sum_i exp(r_i / T), r_k = L_k(e - 1) / L_k(e - 2) for mean losses of epochs; 1 for
e = 0 and e = 1. Written from the equation, sharing no code with the suite.

Made with Python 3.11.7 and NumPy 2.4.6 (recorded in the file):
python3 packages/algorithms/golden/dynamic_weight_average.py > packages/algorithms/golden/dynamic-weight-average.json
"""

import json

import numpy as np

from versions import versions

generator = np.random.default_rng(20190615)


def course(tasks, temperature, lengths):
    """Losses of some updates in each epoch, and the weights in force."""
    epochs = [
        [(0.8 ** epoch * generator.uniform(0.2, 3, size=tasks)).round(3) for _ in range(length)]
        for epoch, length in enumerate(lengths)
    ]
    updates = []
    for epoch, losses in enumerate(epochs):
        weights = np.ones(tasks)
        if epoch >= 2:
            last, before = (np.mean(epochs[epoch - back], axis=0) for back in (1, 2))
            shares = np.exp(last / before / temperature)
            weights = tasks * shares / shares.sum()
        updates += [{"epoch": epoch, "losses": each.tolist(), "weights": weights.tolist()} for each in losses]
    return {"temperature": temperature, "updates": updates}


cases = [course(2, 2, [3, 3, 4, 3, 3]), course(3, 0.5, [2, 3, 2, 3, 2]), course(5, 10, [1, 1, 1, 1])]
print(json.dumps({"versions": versions(), "cases": cases}))
