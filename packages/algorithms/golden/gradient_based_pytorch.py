"""A meta-gradient each of ANIL, BOIL, Meta-SGD and Proto-MAML by PyTorch's autograd in double precision, for the test in `few-shot`.

Made with Python 3.11.7, numpy 2.4.6 and torch 2.9.1 (recorded in the file):

    pip install torch==2.9.1 numpy==2.4.6
    python golden/gradient_based_pytorch.py > src/few-shot/gradient-based-pytorch.golden.json

Network, generator and summaries are those of maml_pytorch.py beside it. A meta-batch of two tasks; two inner steps, differentiated through;
queries are normalised with the statistics of the support set under the adapted weights.
"""

import json

import torch
from torch.nn.functional import cross_entropy

from maml_pytorch import CHANNELS, QUERIES, SIZE, WAYS, Stream, forward, initial_weights, summary, tensor
from versions import versions

TASKS, STEPS = 2, 2


def images(seed, count):
    return tensor(Stream(seed).array((count, SIZE, SIZE, 1), 0.5, 0.5)).reshape(count, 1, SIZE, SIZE)


def descend(weights, loss, rates, moving):
    """One step of the weights whose names `moving` accepts, each with its rate. `loss` is a function: its weights are independent."""
    weights = {name: weight.clone() for name, weight in weights.items()}
    names = [name for name in weights if moving(name)]
    gradients = torch.autograd.grad(loss(weights), [weights[name] for name in names], create_graph=True)
    return {**weights, **{name: weights[name] - rates(name) * g for name, g in zip(names, gradients)}}


def outer_loss(initial, rates, moving=lambda name: True, shots=1):
    total, labels = 0, torch.arange(WAYS).repeat_interleave(shots)
    for task in range(TASKS):
        support, query = images(20 + task, WAYS * shots), images(30 + task, WAYS * QUERIES)
        weights = initial(support)
        for _ in range(STEPS):
            weights = descend(weights, lambda w: cross_entropy(forward(w, support)[0], labels), rates, moving)
        statistics = forward(weights, support)[1]
        total = total + cross_entropy(forward(weights, query, statistics)[0], torch.arange(WAYS * QUERIES) % WAYS)
    return total / TASKS


def prototypes_first(body):
    """A class's prototype is the mean of its images' embeddings. With an identity for a head, the network gives embeddings."""

    def initial(support):
        identity = {"head.kernel": torch.eye(CHANNELS, dtype=torch.float64), "head.bias": torch.zeros(CHANNELS, dtype=torch.float64)}
        prototypes = forward({**body, **identity}, support)[0].reshape(WAYS, -1, CHANNELS).mean(1)
        return {**body, "head.kernel": 2 * prototypes.T, "head.bias": -(prototypes**2).sum(1)}

    return initial


def case(loss, learned):
    gradients = torch.autograd.grad(loss, list(learned.values()))
    return {"loss": float(loss.detach()), "gradients": {name: summary(g) for name, g in zip(learned, gradients)}}


def in_learner(weights, prefix=""):
    """Names as the learners have them: `body.blocks…`, `head.…`."""
    return {prefix + (name if name.startswith("head.") else f"body.{name}"): w for name, w in weights.items()}


def anil():
    weights = initial_weights()
    loss = outer_loss(lambda support: weights, lambda name: 0.4, lambda name: name.startswith("head."))
    return case(loss, in_learner(weights))


def boil(rate):
    """At 0.2 and above some unit's sign differs between single and double precision, and with it the gradient."""
    weights = initial_weights()
    loss = outer_loss(lambda support: weights, lambda name: rate, lambda name: not name.startswith("head."))
    return case(loss, in_learner(weights))


def meta_sgd():
    weights, stream = initial_weights(), Stream(4)
    rates = {name: tensor(stream.array(tuple(w.shape), 0.125, 0.175)).requires_grad_() for name, w in weights.items()}
    loss = outer_loss(lambda support: weights, lambda name: rates[name])
    return case(loss, {**in_learner(weights, "initialisation."), **in_learner(rates, "rates.")})


def proto_maml(rate):
    """Two shots: a single image is its own prototype, and leaves the inner steps next to nothing to do."""
    body = {name: w for name, w in initial_weights().items() if not name.startswith("head.")}
    return case(outer_loss(prototypes_first(body), lambda name: rate, shots=2), in_learner(body))


if __name__ == "__main__":
    cases = {"anil": anil(), "boil at 0.01": boil(0.01), "boil at 0.1": boil(0.1), "meta-sgd": meta_sgd(), "proto-maml at 0.01": proto_maml(0.01), "proto-maml at 0.05": proto_maml(0.05), "proto-maml at 0.1": proto_maml(0.1)}
    print(json.dumps({"versions": versions(), "cases": cases}, indent=1))
