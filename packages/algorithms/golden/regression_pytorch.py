"""A meta-gradient each of MAML, ANIL and Meta-SGD on sine waves, by PyTorch's autograd in double precision, for the test in `regression`.

Made with Python 3.11.7, numpy 2.4.6 and torch 2.9.1 (recorded in the file):

    pip install torch==2.9.1 numpy==2.4.6
    python golden/regression_pytorch.py > src/regression/regression-pytorch.golden.json

Generator and summaries are those of maml_pytorch.py beside it. The network of Finn et al. 2017, section 5.1: two layers of 40 units with ReLU and a
linear one; three functions an update, two inner steps on the mean squared error.
"""

import json

import torch
from torch.nn.functional import mse_loss, relu

from maml_pytorch import Stream, summary, tensor
from versions import versions

FUNCTIONS, POINTS, STEPS, UNITS = 3, 5, 2, 40
SHAPES = {
    f"{name}.{part}": shape
    for name, inputs, outputs in (("body.dense1", 1, UNITS), ("body.dense2", UNITS, UNITS), ("head", UNITS, 1))
    for part, shape in (("kernel", (inputs, outputs)), ("bias", (outputs,)))
}


def drawn(seed, limit, centre):
    """One limit for all weights: they need not train, only tell a right gradient from a wrong one."""
    stream = Stream(seed)
    return {name: tensor(stream.array(shape, limit, centre)).requires_grad_() for name, shape in SHAPES.items()}


def points(seed):
    """Inputs in [-5, 5]; targets of amplitude 1, 2 and 3 at phases 0, 1 and 2, rounded to float32."""
    inputs = tensor(Stream(seed).array((FUNCTIONS, POINTS, 1), 5.0))
    which = torch.arange(FUNCTIONS).double().reshape(-1, 1, 1)
    return inputs, ((which + 1) * torch.sin(inputs - which)).float().double()


def forward(weights, x):
    x = relu(x @ weights["body.dense1.kernel"] + weights["body.dense1.bias"])
    x = relu(x @ weights["body.dense2.kernel"] + weights["body.dense2.bias"])
    return x @ weights["head.kernel"] + weights["head.bias"]


def outer_loss(initial, rates, order=2):
    """Function by function. `rates` holds the rate of every weight that moves."""
    (support, targets), (query, wanted), total = points(2), points(3), 0
    for which in range(FUNCTIONS):
        weights = {name: weight.clone() for name, weight in initial.items()}
        for _ in range(STEPS):
            loss = mse_loss(forward(weights, support[which]), targets[which])
            gradients = torch.autograd.grad(loss, [weights[name] for name in rates], create_graph=order == 2)
            weights = {**weights, **{name: weights[name] - rates[name] * g for name, g in zip(rates, gradients)}}
        total = total + mse_loss(forward(weights, query[which]), wanted[which])
    return total / FUNCTIONS


def case(loss, learned):
    gradients = torch.autograd.grad(loss, list(learned.values()))
    return {"loss": loss.item(), "gradients": {name: summary(g) for name, g in zip(learned, gradients)}}


def maml(order, moving=lambda name: True):
    weights = drawn(1, 0.3, 0.0)
    return case(outer_loss(weights, {name: 0.02 for name in SHAPES if moving(name)}, order), weights)


def meta_sgd():
    weights, rates = drawn(1, 0.3, 0.0), drawn(4, 0.02, 0.01)
    learned = {**{f"initialisation.{name}": w for name, w in weights.items()}, **{f"rates.{name}": w for name, w in rates.items()}}
    return case(outer_loss(weights, rates), learned)


if __name__ == "__main__":
    cases = {"maml": maml(2), "maml, first order": maml(1), "anil": maml(2, lambda name: name.startswith("head")), "meta-sgd": meta_sgd()}
    print(json.dumps({"versions": versions(), "cases": cases}, indent=1))
