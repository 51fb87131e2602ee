"""Loss and gradients of one MAML step by PyTorch's autograd in double precision, for the test of `nn` beside it.

Made with Python 3.11.7, numpy 2.4.6 and torch 2.9.1 (recorded in the file):

    pip install torch==2.9.1 numpy==2.4.6
    python golden/maml_pytorch.py > src/nn/maml-pytorch.golden.json

Weights and images come from a small generator that the test has too, rounded to float32, so both sides start from the same bits. A
gradient is stored as its length and its inner products with eight pseudo-random directions, which a wrong gradient cannot all meet.
"""

import json

import numpy
import torch

from versions import versions

WAYS, QUERIES, SIZE, CHANNELS, EPSILON = 5, 3, 28, 32, 1e-5
DIRECTIONS = 8


class Stream:
    """Lehmer's generator, modulus 2^31 - 1."""

    def __init__(self, seed):
        self.state = (seed * 2654435 + 12345) % 2147483647

    def uniform(self):
        self.state = self.state * 48271 % 2147483647
        return self.state / 2147483647

    def array(self, shape, limit=1.0, centre=0.0):
        values = [centre + (2 * self.uniform() - 1) * limit for _ in range(int(numpy.prod(shape)))]
        return numpy.array(values, dtype=numpy.float32).reshape(shape)


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def initial_weights():
    """In the order and layout of the test: kernels [height, width, in, out], then by block bias, scale, offset, and the head."""
    stream, weights = Stream(1), {}
    for block in range(4):
        inputs = 1 if block == 0 else CHANNELS
        limit = 1 / numpy.sqrt(9 * inputs)
        name = f"blocks.{block}."
        weights[name + "convolution.kernel"] = stream.array((3, 3, inputs, CHANNELS), limit)
        weights[name + "convolution.bias"] = stream.array((CHANNELS,), limit)
        weights[name + "norm.scale"] = stream.array((CHANNELS,), 0.3, 1.0)
        weights[name + "norm.offset"] = stream.array((CHANNELS,), 0.3)
    limit = 1 / numpy.sqrt(CHANNELS)
    weights["head.kernel"] = stream.array((CHANNELS, WAYS), limit)
    weights["head.bias"] = stream.array((WAYS,), limit)
    return {name: tensor(values).requires_grad_() for name, values in weights.items()}


def forward(weights, images, statistics=None):
    x, used = images, []
    for block in range(4):
        w = {key: weights[f"blocks.{block}.{key}"] for key in ("convolution.kernel", "convolution.bias", "norm.scale", "norm.offset")}
        x = torch.nn.functional.conv2d(x, w["convolution.kernel"].permute(3, 2, 0, 1), w["convolution.bias"], padding=1)
        mean, variance = statistics[block] if statistics else (x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False))
        used.append((mean, variance))
        column = (1, CHANNELS, 1, 1)
        x = (x - mean.view(column)) / torch.sqrt(variance.view(column) + EPSILON)
        x = x * w["norm.scale"].view(column) + w["norm.offset"].view(column)
        x = torch.nn.functional.max_pool2d(torch.relu(x), 2)
    return x.flatten(1) @ weights["head.kernel"] + weights["head.bias"], used


def outer_loss(weights, order, steps, rate, normaliser):
    # Images [n, height, width, 1] in the test; with one channel that is [n, 1, height, width] here.
    support = tensor(Stream(2).array((WAYS, SIZE, SIZE, 1), 0.5, 0.5)).reshape(WAYS, 1, SIZE, SIZE)
    query = tensor(Stream(3).array((WAYS * QUERIES, SIZE, SIZE, 1), 0.5, 0.5)).reshape(-1, 1, SIZE, SIZE)
    support_labels, query_labels = torch.arange(WAYS), torch.arange(WAYS * QUERIES) % WAYS
    adapted = weights
    for _ in range(steps):
        loss = torch.nn.functional.cross_entropy(forward(adapted, support)[0], support_labels)
        gradients = torch.autograd.grad(loss, list(adapted.values()), create_graph=order == 2)
        adapted = {name: w - rate * g for (name, w), g in zip(adapted.items(), gradients)}
    statistics = forward(adapted, support)[1] if normaliser == "support" else None
    return torch.nn.functional.cross_entropy(forward(adapted, query, statistics)[0], query_labels)


def summary(gradient):
    flat = gradient.flatten()
    products = []
    for direction in range(DIRECTIONS):
        v = tensor(Stream(100 + direction).array((flat.numel(),)))
        products.append(float(flat @ v))
    return {"norm": float(flat.norm()), "products": products}


def case(order, steps, rate, normaliser):
    weights = initial_weights()
    loss = outer_loss(weights, order, steps, rate, normaliser)
    gradients = torch.autograd.grad(loss, list(weights.values()))
    return {
        "order": order,
        "steps": steps,
        "rate": rate,
        "normaliser": normaliser,
        "loss": float(loss.detach()),
        "gradients": {name: summary(gradient) for name, gradient in zip(weights, gradients)},
    }


if __name__ == "__main__":
    cases = [
        case(2, 1, 0.4, "query"),
        case(2, 1, 0.4, "support"),
        case(2, 2, 0.4, "query"),
        case(2, 3, 0.05, "query"),
        case(1, 1, 0.4, "query"),
    ]
    print(json.dumps({"versions": versions(), "cases": cases}, indent=1))
