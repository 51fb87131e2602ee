"""Closed forms and losses of the few-shot learners, in double precision, for the tests of `few-shot` beside them.

Written from the papers' formulas with numpy and PyTorch's own functions, sharing no code with the suite; gradients by PyTorch's autograd.

Made with Python 3.11.7, numpy 2.4.6 and torch 2.9.1 (recorded in the file):

    pip install torch==2.9.1 numpy==2.4.6
    python golden/few_shot_closed_forms.py > src/few-shot/closed-forms.golden.json
"""

import json
import math

import numpy
import torch
from torch.nn import functional

from versions import versions

torch.set_default_dtype(torch.float64)
generator = numpy.random.default_rng(20190507)
WAYS, FEATURES, QUERIES = 3, 6, 4


def draw(*shape):
    """Numbers of three decimals, the same in float32 up to rounding."""
    return generator.normal(size=shape).round(3)


def one_hot(shots):
    return functional.one_hot(torch.arange(WAYS).repeat_interleave(shots), WAYS).double()


def r2d2(shots):
    """Logits alpha X' W of equation W = (X'X + lambda I)^-1 X'Y, which is not the Woodbury form, and the loss's gradient."""
    inputs = {
        "support": draw(WAYS * shots, FEATURES),
        "queries": draw(QUERIES, FEATURES),
        "logRidge": numpy.array(math.log(1.7)).round(3),
        "logScale": numpy.array(math.log(3.1)).round(3),
    }
    labels = torch.tensor(generator.integers(0, WAYS, QUERIES))
    at = {name: torch.tensor(value, requires_grad=True) for name, value in inputs.items()}
    x = at["support"]
    gram = x.T @ x + at["logRidge"].exp() * torch.eye(FEATURES)
    w = torch.linalg.solve(gram, x.T @ one_hot(shots))
    logits = at["logScale"].exp() * at["queries"] @ w
    loss = functional.cross_entropy(logits, labels)
    loss.backward()
    return {
        "shots": shots,
        "labels": labels.tolist(),
        "inputs": {name: value.tolist() for name, value in inputs.items()},
        "logits": logits.tolist(),
        "loss": loss.item(),
        "gradients": {name: value.grad.tolist() for name, value in at.items()},
    }


def matching(shots, scale):
    """Vinyals et al. 2016, equation 1: P(y) = sum_i softmax_i(scale * cos(x, x_i)) y_i."""
    support, queries = draw(WAYS * shots, FEATURES), draw(QUERIES, FEATURES)
    cosine = functional.cosine_similarity(torch.tensor(queries)[:, None], torch.tensor(support)[None], dim=2)
    probabilities = functional.softmax(scale * cosine, dim=1) @ one_hot(shots)
    return {
        "shots": shots,
        "scale": scale,
        "support": support.tolist(),
        "queries": queries.tolist(),
        "probabilities": probabilities.tolist(),
    }


def simple_shot(shots):
    """Squared distances to the class means of (x - m) / |x - m|."""
    support, queries, centre = draw(WAYS * shots, FEATURES), draw(QUERIES, FEATURES), draw(FEATURES)

    def cl2n(x):
        return (x - centre) / numpy.linalg.norm(x - centre, axis=1, keepdims=True)

    means = cl2n(support).reshape(WAYS, shots, FEATURES).mean(1)
    distances = ((cl2n(queries)[:, None] - means[None]) ** 2).sum(2)
    return {
        "shots": shots,
        "support": support.tolist(),
        "queries": queries.tolist(),
        "centre": centre.tolist(),
        "distances": distances.tolist(),
    }


def cosine_head(scale):
    """Chen et al. 2019, section 3.2: scale * cos(x, w_j), its cross-entropy and the gradient of w."""
    embeddings, labels = draw(QUERIES, FEATURES), torch.tensor(generator.integers(0, WAYS, QUERIES))
    kernel = torch.tensor(draw(WAYS, FEATURES), requires_grad=True)
    logits = scale * functional.cosine_similarity(torch.tensor(embeddings)[:, None], kernel[None], dim=2)
    loss = functional.cross_entropy(logits, labels)
    loss.backward()
    return {
        "scale": scale,
        "embeddings": embeddings.tolist(),
        "labels": labels.tolist(),
        "kernel": kernel.detach().tolist(),
        "logits": logits.tolist(),
        "loss": loss.item(),
        "gradient": kernel.grad.tolist(),
    }


def lstm():
    """torch.nn.LSTMCell; its two biases are one here."""
    inputs, units = 4, 3
    cell = torch.nn.LSTMCell(inputs, units)
    kernel, bias = draw(inputs + units, 4 * units), draw(4 * units)
    x, hidden, memory = draw(2, inputs), draw(2, units), draw(2, units)
    with torch.no_grad():
        cell.weight_ih.copy_(torch.tensor(kernel[:inputs].T))
        cell.weight_hh.copy_(torch.tensor(kernel[inputs:].T))
        cell.bias_ih.copy_(torch.tensor(bias))
        cell.bias_hh.zero_()
        next_hidden, next_cell = cell(torch.tensor(x), (torch.tensor(hidden), torch.tensor(memory)))
    named = {"kernel": kernel, "bias": bias, "x": x, "hidden": hidden, "cell": memory}
    return {
        **{name: value.tolist() for name, value in named.items()},
        "next": {"hidden": next_hidden.tolist(), "cell": next_cell.tolist()},
    }


def full_context():
    """Vinyals et al. 2016, appendices A.1 and A.2: torch.nn.LSTM in both directions, and equations 3 to 6 by torch.nn.LSTMCell."""
    support, queries, steps = draw(WAYS * 2, FEATURES), draw(QUERIES, FEATURES), 3
    weights = {
        name: {"kernel": draw(inputs + FEATURES, 4 * FEATURES), "bias": draw(4 * FEATURES)}
        for name, inputs in (("forward", FEATURES), ("backward", FEATURES), ("reading", 2 * FEATURES))
    }

    def fill(layer, suffix, name):
        kernel, inputs = weights[name]["kernel"], len(weights[name]["kernel"]) - FEATURES
        with torch.no_grad():
            getattr(layer, "weight_ih" + suffix).copy_(torch.tensor(kernel[:inputs].T))
            getattr(layer, "weight_hh" + suffix).copy_(torch.tensor(kernel[inputs:].T))
            getattr(layer, "bias_ih" + suffix).copy_(torch.tensor(weights[name]["bias"]))
            getattr(layer, "bias_hh" + suffix).zero_()

    both = torch.nn.LSTM(FEATURES, FEATURES, bidirectional=True)
    fill(both, "_l0", "forward")
    fill(both, "_l0_reverse", "backward")
    read = torch.nn.LSTMCell(2 * FEATURES, FEATURES)
    fill(read, "", "reading")
    with torch.no_grad():
        embeddings = torch.tensor(support)
        states = both(embeddings)[0]
        g = states[:, :FEATURES] + states[:, FEATURES:] + embeddings
        f = torch.tensor(queries)
        hidden, cell = f, torch.zeros_like(f)
        for _ in range(steps):
            attended = functional.softmax(hidden @ g.T, dim=1) @ g
            state, cell = read(torch.cat([f, attended], 1), (hidden, cell))
            hidden = state + f
    return {
        "support": support.tolist(),
        "queries": queries.tolist(),
        "steps": steps,
        "weights": {name: {part: value.tolist() for part, value in layer.items()} for name, layer in weights.items()},
        "g": g.tolist(),
        "f": hidden.tolist(),
    }


def attention():
    """torch.nn.MultiheadAttention of four heads, a row attending to all."""
    rows, width, heads = 3, 8, 4
    layer = torch.nn.MultiheadAttention(width, heads, batch_first=True)
    kernels = {name: draw(width, width) for name in ("query", "key", "value", "output")}
    biases = {name: draw(width) for name in kernels}
    x = draw(rows, width)
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.tensor(numpy.concatenate([kernels[n].T for n in ("query", "key", "value")])))
        layer.in_proj_bias.copy_(torch.tensor(numpy.concatenate([biases[n] for n in ("query", "key", "value")])))
        layer.out_proj.weight.copy_(torch.tensor(kernels["output"].T))
        layer.out_proj.bias.copy_(torch.tensor(biases["output"]))
        batch = torch.tensor(x)[None]
        output = layer(batch, batch, batch, need_weights=False)[0][0]
    return {
        "heads": heads,
        "x": x.tolist(),
        "weights": {n: {"kernel": kernels[n].tolist(), "bias": biases[n].tolist()} for n in kernels},
        "output": output.tolist(),
    }


def umtl():
    """The strategy of the first of two tasks, from weights that both sides draw from one small generator, in the order written here."""
    features, shots, width, heads, channels = 6, 2, 64, 4, 4
    state = (31 * 2654435 + 12345) % 2147483647

    def next_numbers(*shape):
        nonlocal state
        numbers = []
        for _ in range(math.prod(shape)):
            state = state * 48271 % 2147483647
            numbers.append((2 * state / 2147483647 - 1) * 0.2)
        return torch.tensor(numpy.array(numbers, dtype=numpy.float32).astype(float).reshape(shape))

    def dense(inputs, outputs):
        kernel = next_numbers(inputs, outputs)
        bias = next_numbers(outputs)
        return lambda x: x @ kernel + bias

    scale, offset = next_numbers(channels), next_numbers(channels)
    labels = next_numbers(WAYS, width)
    example, score = dense(features + width, width), dense(width, 1)
    decoder = [dense(2 * width, width), dense(width, features)]
    query, key, value, output = (dense(width, width) for _ in range(4))
    hidden, classes, head = dense(width, width), dense(2 * width, width), dense(width, features + 1)
    modulation, step_sizes = dense(width, 2 * channels), dense(width, 2)
    tasks = [torch.tensor(draw(WAYS * shots, features)) for _ in range(2)]

    def embed(x):
        h = torch.cat([x, labels.repeat_interleave(shots, 0)], 1)
        h = functional.relu(example(h))
        return (functional.softmax(score(h), 0) * h).sum(0)

    def beside(task):
        return torch.cat([task.expand(WAYS, width), labels], 1)

    embeddings = torch.stack([embed(x) for x in tasks])
    means = tasks[0].reshape(WAYS, shots, features).mean(1)
    error = functional.mse_loss(decoder[1](functional.relu(decoder[0](beside(embeddings[0])))), means)
    mixed = []
    for index in range(heads):
        part = slice(index * width // heads, (index + 1) * width // heads)
        q, k, v = (f(embeddings)[:, part] for f in (query, key, value))
        mixed.append(functional.scaled_dot_product_attention(q[None], k[None], v[None])[0])
    contexts = embeddings + output(torch.cat(mixed, 1))
    g = functional.relu(hidden(contexts[0]))
    generated = head(functional.relu(classes(beside(g))))
    gamma, beta = modulation(g)[:channels], modulation(g)[channels:]
    return {
        "tasks": [x.tolist() for x in tasks],
        "shots": shots,
        "embedding": embeddings[0].tolist(),
        "error": error.item(),
        "head": {"kernel": generated[:, :features].T.tolist(), "bias": generated[:, features].tolist()},
        "scale": ((1 + gamma) * scale).tolist(),
        "offset": ((1 + gamma) * offset + beta).tolist(),
        "stepSizes": (0.1 * step_sizes(g).exp()).tolist(),
    }


print(
    json.dumps(
        {
            "versions": versions(),
            "r2d2": [r2d2(1), r2d2(3)],
            "matching": [matching(1, 1), matching(2, 10)],
            "simpleShot": [simple_shot(1), simple_shot(3)],
            "cosineHead": [cosine_head(2), cosine_head(10)],
            "lstm": lstm(),
            "attention": attention(),
            "umtl": umtl(),
            "fullContext": full_context(),
        }
    )
)
