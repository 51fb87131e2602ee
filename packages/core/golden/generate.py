"""Prints the golden values of core's tests from independent implementations.

pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0 scikit-learn==1.9.1
python packages/core/golden/generate.py > packages/core/src/statistics.golden.json
"""

import hashlib
import json

import numpy as np
import pandas as pd
import scipy
import sklearn
import statsmodels
from scipy import stats
from sklearn import metrics
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(20240601)


def crossed(matrix):
    """The two-way model from statsmodels' ANOVA table; the interval from scipy's t."""
    seeds, items = matrix.shape
    frame = pd.DataFrame(
        [(s, e, matrix[s, e]) for s in range(seeds) for e in range(items)],
        columns=["seed", "item", "score"],
    )
    table = anova_lm(ols("score ~ C(seed) + C(item)", frame).fit())
    squares = table["mean_sq"]
    degrees = table["df"]
    names = {"seed": "C(seed)", "item": "C(item)", "residual": "Residual"}
    ms = {name: float(squares[row]) for name, row in names.items()}
    df = {name: float(degrees[row]) for name, row in names.items()}
    total = ms["seed"] + ms["item"] - ms["residual"]
    bound = max(ms["seed"], ms["item"])
    if total >= bound:
        freedom = total**2 / sum(ms[n] ** 2 / df[n] for n in names)
    else:
        freedom = df["seed"] if ms["seed"] >= ms["item"] else df["item"]
    freedom = max(freedom, df["seed"])
    mean = float(matrix.mean())
    error = float(np.sqrt(max(total, bound) / matrix.size))
    low, high = stats.t.interval(0.95, freedom, mean, error)
    return {
        "mean": mean,
        "low": float(low),
        "high": float(high),
        "standardError": error,
        "degreesOfFreedom": freedom,
        "meanSquares": ms,
        "boundHolds": bool(total < bound),
        "p": float(2 * stats.t.sf(abs(mean) / error, freedom)),
    }


def draw(seeds, items, seed_sd, item_sd, residual_sd, mean):
    return (
        mean
        + seed_sd * rng.normal(size=(seeds, 1))
        + item_sd * rng.normal(size=(1, items))
        + residual_sd * rng.normal(size=(seeds, items))
    ).round(4)


matrices = {
    "seeds, items and residual": draw(3, 12, 0.03, 0.08, 0.05, 0.7),
    "no seed noise": draw(5, 10, 0.0, 0.08, 0.05, 0.7),
    "residual only": draw(3, 8, 0.0, 0.0, 0.05, 0.0),
    "seeds outweigh all": draw(3, 10, 0.1, 0.01, 0.02, 0.05),
}
crossed_values = {name: {"matrix": m.tolist(), **crossed(m)} for name, m in matrices.items()}

sample = rng.normal(0.6, 0.1, 25).round(4)
student = stats.t.interval(0.95, len(sample) - 1, sample.mean(), stats.sem(sample))

wilson = [
    {"successes": k, "n": n, "interval": list(proportion_confint(k, n, 0.05, "wilson"))}
    for k, n in [(0, 200), (200, 200), (7, 30), (930, 1000)]
]

p_values = [0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 0.9]
holm = multipletests(p_values, 0.05, "holm")[1]

changes = np.array([0.0, 1.5, -0.5, 2.0, 0.0, 1.5, -1.0, 3.0, 0.5, 2.5, -1.5, 4.0])
pratt = stats.wilcoxon(changes, zero_method="pratt", correction=False, method="approx")
untied = np.array([1.1, -0.4, 2.3, 3.1, -1.2, 0.7, 1.9, 2.8, -0.3, 1.6])
plain = stats.wilcoxon(untied, zero_method="pratt", correction=False, method="approx")
tiny = stats.wilcoxon(np.arange(1.0, 101.0), zero_method="pratt", correction=False, method="approx")


def signed_rank(values, test):
    return {"differences": values.tolist(), "statistic": float(test.statistic), "z": float(test.zstatistic), "p": float(test.pvalue)}


labels = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 4, 4])
predictions = np.array([0, 0, 1, 1, 1, 2, 2, 2, 0, 1, 1, 4])
classes = list(range(5))
precision, recall, f1, _ = metrics.precision_recall_fscore_support(
    labels, predictions, labels=classes, average="macro", zero_division=0
)
truth = rng.uniform(0.5, 5, 20).round(3)
estimate = (truth + rng.normal(0, 0.3, 20)).round(3)



def xoroshiro128plus(path, count):
    """Blackman and Vigna's generator (2018 constants) on 64-bit integers; the lower half of each output."""
    mask = 2**64 - 1
    digest = hashlib.sha256(path.encode()).digest()
    s0, s1 = (int.from_bytes(digest[i : i + 8], "big") for i in (0, 8))
    rotate = lambda x, k: ((x << k) | (x >> (64 - k))) & mask
    out = []
    for _ in range(count):
        out.append((s0 + s1) & 0xFFFFFFFF)
        s1 ^= s0
        s0, s1 = rotate(s0, 24) ^ s1 ^ ((s1 << 16) & mask), rotate(s1, 37)
    return out


path = "few-shot/omniglot/5w1s/train/episodes/0"
print(
    json.dumps(
        {
            "versions": {module.__name__: module.__version__ for module in [np, scipy, statsmodels, sklearn]},
            "stream": {"path": path, "words": xoroshiro128plus(path, 8)},
            "tQuantiles": [[df, float(stats.t.ppf(0.975, df))] for df in [1, 2, 2.5, 7.3, 199, 1e6]],
            "tTails": [
                [t, df, float(2 * stats.t.sf(t, df))] for t, df in [(0.3, 2), (2.5, 2.7), (4.0, 199), (12.0, 999), (40.0, 1999)]
            ],
            "student": {"values": sample.tolist(), "interval": [float(x) for x in student]},
            "wilson": wilson,
            "crossed": crossed_values,
            "holm": {"p": p_values, "adjusted": holm.tolist()},
            "wilcoxon": {
                "zeros and ties": signed_rank(changes, pratt),
                "neither": signed_rank(untied, plain),
                "far tail": signed_rank(np.arange(1.0, 101.0), tiny),
            },
            "quantiles": [[p, float(np.quantile(sample, p))] for p in [0, 0.05, 0.25, 0.5, 0.95, 1]],
            "classification": {
                "labels": labels.tolist(),
                "predictions": predictions.tolist(),
                "confusion": metrics.confusion_matrix(labels, predictions, labels=classes).ravel().tolist(),
                "accuracy": float(metrics.accuracy_score(labels, predictions)),
                "precision": float(precision),
                "recall": float(recall),
                "f1": float(f1),
                "meanIou": float(metrics.jaccard_score(labels, predictions, labels=[0, 1, 2, 4], average="macro")),
            },
            "regression": {
                "truth": truth.tolist(),
                "predictions": estimate.tolist(),
                "mse": float(metrics.mean_squared_error(truth, estimate)),
                "rmse": float(metrics.root_mean_squared_error(truth, estimate)),
                "absolute": float(metrics.mean_absolute_error(truth, estimate)),
                "relative": float(metrics.mean_absolute_percentage_error(truth, estimate)),
            },
        },
        indent=1,
    )
)
