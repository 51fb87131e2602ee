"""A meta-gradient each of MAML, ANIL, BOIL, Meta-SGD, Proto-MAML and MAML++ by PyTorch's autograd in double precision, for the test in `few-shot`.

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

TASKS, STEPS, RATES = 2, 2, (0.125, 0.175)


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


def features(body, images):
    """Embeddings: what the network gives with an identity for a head."""
    identity = {"head.kernel": torch.eye(CHANNELS, dtype=torch.float64), "head.bias": torch.zeros(CHANNELS, dtype=torch.float64)}
    return forward({**body, **identity}, images)[0]


def prototypes_first(body):
    """A class's prototype is the mean of its images' embeddings."""

    def initial(support):
        prototypes = features(body, support).reshape(WAYS, -1, CHANNELS).mean(1)
        return {**body, "head.kernel": 2 * prototypes.T, "head.bias": -(prototypes**2).sum(1)}

    return initial


def case(loss, learned):
    gradients = torch.autograd.grad(loss, list(learned.values()), materialize_grads=True)
    return {"loss": float(loss.detach()), "gradients": {name: summary(g.detach()) for name, g in zip(learned, gradients)}}


def in_learner(weights, prefix=""):
    """Names as the learners have them: `body.blocks…`, `head.…`."""
    return {prefix + (name if name.startswith("head.") else f"body.{name}"): w for name, w in weights.items()}


def maml():
    weights = initial_weights()
    return case(outer_loss(lambda support: weights, lambda name: 0.1), in_learner(weights))


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
    rates = {name: tensor(stream.array(tuple(w.shape), *RATES)).requires_grad_() for name, w in weights.items()}
    loss = outer_loss(lambda support: weights, lambda name: rates[name])
    return case(loss, {**in_learner(weights, "initialisation."), **in_learner(rates, "rates.")})


def proto_maml(rate):
    """Two shots: a single image is its own prototype, and leaves the inner steps next to nothing to do."""
    body = {name: w for name, w in initial_weights().items() if not name.startswith("head.")}
    return case(outer_loss(prototypes_first(body), lambda name: rate, shots=2), in_learner(body))


def importance(progress, steps):
    """Of the loss after each step, in the words of the authors' code: what the others lose at every update, the last one gains."""
    least = 0.03 / steps
    others = max(1 / steps - progress / steps, least)
    last = min(1 / steps + progress * (steps - 1) / steps, 1 - (steps - 1) * least)
    return [others] * (steps - 1) + [last]


def maml_plus_plus(progress, order=2, steps=3):
    """A rate for each tensor and step, a normalisation after each step, a loss after each step. The inner loop leaves normalisation alone.

    With seed 5 for the normalisations one unit of the first block has another sign in single precision.
    """
    weights, rate_stream, norm_stream = initial_weights(), Stream(4), Stream(7)
    normalises = [name for name in weights if ".norm." in name]
    rates = [{name: tensor(rate_stream.array((), *RATES)).requires_grad_() for name in weights} for _ in range(steps)]
    centres = {name: 1.0 if name.endswith("scale") else 0.0 for name in normalises}
    norms = [
        {name: tensor(norm_stream.array((CHANNELS,), 0.3, centres[name])).requires_grad_() for name in normalises} for _ in range(steps)
    ]
    total, labels = 0, torch.arange(WAYS)
    for task in range(TASKS):
        support, query = images(20 + task, WAYS), images(30 + task, WAYS * QUERIES)
        adapted = weights
        for rate, norm, share in zip(rates, norms, importance(progress, steps)):
            loss = cross_entropy(forward(adapted, support)[0], labels)
            moving = [name for name in weights if name not in normalises]
            gradients = torch.autograd.grad(loss, [adapted[name] for name in moving], create_graph=True)
            moved = {name: adapted[name] - rate[name] * (g if order == 2 else g.detach()) for name, g in zip(moving, gradients)}
            adapted = {name: norm[name] if name in normalises else moved[name] for name in weights}
            statistics = forward(adapted, support)[1]
            total = total + share * cross_entropy(forward(adapted, query, statistics)[0], torch.arange(WAYS * QUERIES) % WAYS)
    named = lambda trees, name: {k: w for at, tree in enumerate(trees) for k, w in in_learner(tree, f"{name}.{at}.").items()}
    return case(total / TASKS, {**in_learner(weights, "initialisation."), **named(rates, "rates"), **named(norms, "norms")})


if __name__ == "__main__":
    cases = {
        "maml": maml(),
        "anil": anil(),
        "boil at 0.01": boil(0.01),
        "boil at 0.1": boil(0.1),
        "meta-sgd": meta_sgd(),
        "proto-maml at 0.01": proto_maml(0.01),
        "proto-maml at 0.05": proto_maml(0.05),
        "proto-maml at 0.1": proto_maml(0.1),
        "maml++, first order, at the start": maml_plus_plus(0, order=1),
        "maml++ at two fifths of the annealing": maml_plus_plus(0.4),
        "maml++ near the end of the annealing": maml_plus_plus(0.98),
    }
    print(json.dumps({"versions": versions(), "cases": cases}, indent=1))
