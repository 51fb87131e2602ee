"""Predictions of the multi-task controls on small tasks, in double precision, for the tests of `multi-task/controls`.

Ridge regressions are solved by least squares on the examples with rows for the penalty below them, and not by normal equations, sharing no
code with the suite.

Made with Python 3.11.7 and numpy 2.4.6 (recorded in the file):

    pip install numpy==2.4.6
    python packages/algorithms/golden/multi_task_controls.py > packages/algorithms/src/multi-task/controls/controls.golden.json
"""

import json

import numpy

from versions import versions

generator = numpy.random.default_rng(19700201)
TASKS, FEATURES, OUTPUTS, QUERIES = 3, 4, 2, 3


def solve(x, y, penalty):
    """Weights whose last row, the bias, is not penalised."""
    x = numpy.hstack([x, numpy.ones((len(x), 1))])
    rows = numpy.sqrt(penalty) * numpy.eye(x.shape[1])[:-1]
    return numpy.linalg.lstsq(numpy.vstack([x, rows]), numpy.vstack([y, numpy.zeros((len(rows), y.shape[1]))]))[0]


def predict(x, weights):
    return x @ weights[:-1] + weights[-1]


def draw(*shape):
    """Numbers of three decimals, the same in float32 up to rounding, and some zeros."""
    return (generator.normal(size=shape) * (generator.random(shape) < 0.8)).round(3)


# One feature is far larger than the others, one task has fewer examples than features.
scale = numpy.array([1, 30, 0.5, 1])
counts = [6, 2, 9]
inputs = [draw(count, FEATURES) * scale for count in counts]
targets = [draw(count, OUTPUTS) + 5 * task for task, count in enumerate(counts)]
queries = draw(QUERIES, FEATURES) * scale
everything, answers = numpy.vstack(inputs), numpy.vstack(targets)
owner = numpy.eye(TASKS)[numpy.repeat(range(TASKS), counts)]

cases = []
for penalty in (0.5, 10):
    pooled = solve(everything, answers, penalty)
    shifted = solve(numpy.hstack([everything, owner]), answers, penalty)
    by_task = {
        "task-mean": [numpy.tile(y.mean(0), (QUERIES, 1)) for y in targets],
        "task-ridge": [predict(queries, solve(x, y, penalty)) for x, y in zip(inputs, targets)],
        "pooled-ridge": [predict(queries, pooled)] * TASKS,
        "pooled-ridge-offset": [
            predict(numpy.hstack([queries, numpy.tile(row, (QUERIES, 1))]), shifted) for row in numpy.eye(TASKS)
        ],
    }
    cases.append({"penalty": penalty, "predictions": {name: [p.tolist() for p in own] for name, own in by_task.items()}})

print(
    json.dumps(
        {
            "versions": versions(),
            "inputs": [x.tolist() for x in inputs],
            "targets": [y.tolist() for y in targets],
            "queries": queries.tolist(),
            "cases": cases,
        }
    )
)
