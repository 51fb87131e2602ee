"""What the controls should reach on School: explained variance in percent, on the suite's own ten splits and on many others.

The splits are drawn again from their definition: a quarter of each school's pupils for the test, a twentieth (at least one) for validation,
by a permutation from the school's own stream of xoroshiro128+. Four splits share a permutation and take its four quarters. The regressions are solved by least squares on the examples with rows for
the penalty below them, and not by normal equations. It shares no code with the suite.

`splits` are the suite's own. `others` are mean and standard deviation over random splits of the same sizes from numpy's own generator.

Made with Python 3.11.7, numpy 2.4.6 and scipy 1.17.1 (recorded in the file):

    pip install numpy==2.4.6 scipy==1.17.1
    METABENCH_DATA=/where/data/lie python test/golden/school.py > test/school.golden.json
"""

import hashlib
import json
import os
import platform

import numpy
import scipy
from scipy.io import loadmat

PENALTY, OTHERS, WORD = 10, 200, 2**64 - 1
data = loadmat(os.path.join(os.environ["METABENCH_DATA"], "school", "school.mat"))
features = [school.astype(float) for school in data["X"][0]]
scores = [school.astype(float).ravel() for school in data["Y"][0]]
SCHOOLS = range(len(features))


def permutation(path, count):
    """Fisher-Yates from the end, each draw by buckets of equal width of the lower 32 bits of xoroshiro128+."""
    digest = hashlib.sha256(path.encode()).digest()
    words = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, 16, 4)]
    first, second = words[0] << 32 | words[1], words[2] << 32 | words[3]

    def turn(value, by):
        return (value << by | value >> (64 - by)) & WORD

    def draw(below):
        nonlocal first, second
        width = 2**32 // below
        while True:
            number = (first + second) & (2**32 - 1)
            second ^= first
            first = turn(first, 24) ^ second ^ (second << 16 & WORD)
            second = turn(second, 37)
            if number < width * below:
                return number // width

    order = list(range(count))
    for last in range(count - 1, 0, -1):
        other = draw(last + 1)
        order[last], order[other] = order[other], order[last]
    return numpy.array(order)


def half_up(value):
    return int(numpy.floor(value + 0.5))


def solve(x, y, free):
    """Weights of a ridge regression whose last `free` columns are not penalised."""
    rows = numpy.sqrt(PENALTY) * numpy.eye(x.shape[1])[: x.shape[1] - free]
    return numpy.linalg.lstsq(numpy.vstack([x, rows]), numpy.append(y, numpy.zeros(len(rows))))[0]


def explained(order, quarter):
    """Explained variance of the four controls where each school's pupils come in an order, of which a quarter is the test."""
    bounds = [(quarter * len(own) // 4, (quarter + 1) * len(own) // 4) for own in order]
    test = [own[start:end] for own, (start, end) in zip(order, bounds)]
    rest = [numpy.append(own[:start], own[end:]) for own, (start, end) in zip(order, bounds)]
    train = [own[: len(own) - max(1, half_up(len(all_) / 20))] for own, all_ in zip(rest, order)]

    def gather(parts):
        x = numpy.concatenate([features[school][parts[school]] for school in SCHOOLS])
        y = numpy.concatenate([scores[school][parts[school]] for school in SCHOOLS])
        return x, y, numpy.repeat(SCHOOLS, [len(part) for part in parts])

    x, y, of = gather(train)
    x_test, y_test, of_test = gather(test)
    mean, deviation = numpy.zeros(28), numpy.ones(28)
    for column in (3, 4):
        mean[column], deviation[column] = x[:, column].mean().round(2), x[:, column].std().round(2)
    x, x_test = (x - mean) / deviation, (x_test - mean) / deviation
    spread = ((y_test - y.mean()) ** 2).sum()
    one, one_test = numpy.ones((len(x), 1)), numpy.ones((len(x_test), 1))
    own, own_test = numpy.eye(len(SCHOOLS))[of], numpy.eye(len(SCHOOLS))[of_test]
    alone = numpy.zeros(len(y_test))
    for school in SCHOOLS:
        here = of == school
        weights = solve(numpy.hstack([x[here], one[here]]), y[here], 1)
        alone[of_test == school] = numpy.hstack([x_test, one_test])[of_test == school] @ weights
    predictions = {
        "task-mean": numpy.array([y[of == school].mean() for school in SCHOOLS])[of_test],
        "task-ridge": alone,
        "pooled-ridge": numpy.hstack([x_test, one_test]) @ solve(numpy.hstack([x, one]), y, 1),
        "pooled-ridge-offset": numpy.hstack([x_test, own_test, one_test]) @ solve(numpy.hstack([x, own, one]), y, 1),
    }
    return {name: 100 * (1 - ((p - y_test) ** 2).sum() / spread) for name, p in predictions.items()}


splits = [
    explained(
        [permutation(f"school/split/{split // 4}/school-{s + 1:03d}", len(features[s])) for s in SCHOOLS],
        split % 4,
    )
    for split in range(10)
]
generator = numpy.random.default_rng(20030501)
others = [explained([generator.permutation(len(features[s])) for s in SCHOOLS], 3) for _ in range(OTHERS)]
print(
    json.dumps(
        {
            "versions": {
                "python": platform.python_version(),
                "numpy": numpy.__version__,
                "scipy": scipy.__version__,
            },
            "splits": splits,
            "others": {
                name: {
                    "mean": numpy.mean([one[name] for one in others]),
                    "deviation": numpy.std([one[name] for one in others], ddof=1),
                }
                for name in others[0]
            },
        },
        indent=1,
    )
)
