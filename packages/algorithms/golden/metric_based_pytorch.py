"""Loss and gradient of an episode each of Prototypical and Relation Networks, by PyTorch's autograd in double precision, for the test in `few-shot`.

Made with Python 3.11.7, numpy 2.4.6 and torch 2.9.1 (recorded in the file):

    pip install torch==2.9.1 numpy==2.4.6
    python golden/metric_based_pytorch.py > src/few-shot/metric-based-pytorch.golden.json

Generator and summaries are those of maml_pytorch.py beside it; layers are PyTorch's own. Support and queries are one batch to the backbone, so they
share its normalisation. Images of 32 pixels a side leave maps of 2x2 places, so that the order of flattening shows.
"""

import json
import math

import torch
from torch.nn import functional

from maml_pytorch import EPSILON, Stream, summary, tensor
from versions import versions

WAYS, SHOTS, QUERIES, SIZE, CHANNELS, HIDDEN = 5, 2, 3, 32, 8, 8
LABELS = torch.arange(WAYS * QUERIES) % WAYS


def conv_block(name, inputs):
    return {
        f"{name}.convolution.kernel": (3, 3, inputs, CHANNELS),
        f"{name}.convolution.bias": (CHANNELS,),
        f"{name}.norm.scale": (CHANNELS,),
        f"{name}.norm.offset": (CHANNELS,),
    }


def dense(name, inputs, outputs):
    return {f"{name}.kernel": (inputs, outputs), f"{name}.bias": (outputs,)}


CONV4 = {name: shape for block in range(4) for name, shape in conv_block(f"body.blocks.{block}", CHANNELS if block else 1).items()}
RELATION = {
    **conv_block("relation.first", 2 * CHANNELS),
    **conv_block("relation.second", CHANNELS),
    **dense("relation.hidden", 2 * 2 * CHANNELS, HIDDEN),
    **dense("relation.score", HIDDEN, 1),
}


def drawn(shapes):
    """Kernels by their fan-in; whatever else, within 0.3 of its centre."""
    stream, weights = Stream(1), {}
    for name, shape in shapes.items():
        limit = 2 / math.sqrt(math.prod(shape[:-1])) if name.endswith("kernel") else 0.3
        weights[name] = tensor(stream.array(shape, limit, 1.0 if name.endswith("scale") else 0.0)).requires_grad_()
    return weights


def block(weights, name, x, pools):
    kernel, bias, scale, offset = (weights[f"{name}.{part}"] for part in ("convolution.kernel", "convolution.bias", "norm.scale", "norm.offset"))
    x = functional.conv2d(x, kernel.permute(3, 2, 0, 1), bias, padding=1)
    x = functional.relu(functional.batch_norm(x, None, None, scale, offset, training=True, eps=EPSILON))
    return functional.max_pool2d(x, 2) if pools else x


def embedded(weights, pooled):
    """Maps [n, channels, height, width] of support, class by class, and of queries; the first `pooled` blocks pool."""
    x = torch.cat([tensor(Stream(seed).array((count, SIZE, SIZE, 1), 0.5, 0.5)) for seed, count in ((2, WAYS * SHOTS), (3, WAYS * QUERIES))])
    x = x.permute(0, 3, 1, 2)
    for index in range(4):
        x = block(weights, f"body.blocks.{index}", x, index < pooled)
    return x[: WAYS * SHOTS].unflatten(0, (WAYS, SHOTS)), x[WAYS * SHOTS :]


def prototypical():
    """Snell et al. 2017, equations 1 and 2: softmax over minus the squared Euclidean distances to the class means."""
    weights = drawn(CONV4)
    support, queries = embedded(weights, 4)
    distances = torch.cdist(queries.flatten(1), support.flatten(2).mean(1), compute_mode="donot_use_mm_for_euclid_dist")
    return case(weights, functional.cross_entropy(-(distances**2), LABELS))


def relation():
    """Sung et al. 2018, sections 3.1 to 3.4: a class's maps, the sum of its support's, before the query's; squared error of the sigmoid."""
    weights = drawn({**CONV4, **RELATION})
    support, queries = embedded(weights, 2)
    pairs = torch.stack([torch.cat([maps, query]) for query in queries for maps in support.sum(1)])
    x = block(weights, "relation.second", block(weights, "relation.first", pairs, True), True).permute(0, 2, 3, 1).flatten(1)
    hidden = functional.relu(x @ weights["relation.hidden.kernel"] + weights["relation.hidden.bias"])
    scores = (hidden @ weights["relation.score.kernel"] + weights["relation.score.bias"]).reshape(-1, WAYS)
    loss = functional.mse_loss(scores.sigmoid(), functional.one_hot(LABELS, WAYS).double())
    return case(weights, loss)


def case(weights, loss):
    gradients = torch.autograd.grad(loss, list(weights.values()))
    return {"loss": loss.item(), "gradients": {name: summary(g) for name, g in zip(weights, gradients)}}


if __name__ == "__main__":
    cases = {"prototypical-networks": prototypical(), "relation-networks": relation()}
    print(json.dumps({"versions": versions(), "cases": cases}, indent=1))
