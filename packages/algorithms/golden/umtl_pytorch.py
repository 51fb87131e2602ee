"""The loss and the meta-gradient of UMTL by PyTorch's autograd in double precision, for the test in `few-shot`.

Made with Python 3.11.7, numpy 2.4.6 and torch 2.9.1 (recorded in the file):

    pip install torch==2.9.1 numpy==2.4.6
    python golden/umtl_pytorch.py > src/few-shot/umtl-pytorch.golden.json

Trunk, generator and summaries are those of maml_pytorch.py beside it; tasks and inner steps those of gradient_based_pytorch.py. Two tasks of
two shots, whose embeddings attend to each other; two inner steps, differentiated through; queries are normalised with the statistics of the
support set under the adapted weights. No layer of the generator is zero, so that modulation and step sizes differ between tasks and layers.
"""

import json

import torch
from torch.nn.functional import cross_entropy, mse_loss, scaled_dot_product_attention

from gradient_based_pytorch import STEPS, TASKS, case, descend, features, images
from maml_pytorch import CHANNELS, QUERIES, WAYS, Stream, forward, initial_weights, tensor
from versions import versions

WIDTH, HEADS, SHOTS, INITIAL_STEP, RECONSTRUCTION = 64, 4, 2, 0.1, 0.5
LAYERS = [f"blocks.{block}.{kind}" for block in range(4) for kind in ("convolution", "norm")] + ["head"]
NORMS = [layer for layer in LAYERS if layer.endswith("norm")]
# Inputs and outputs of every dense layer, in the order of the learner.
DENSE = {
    "encoder.example": (CHANNELS + WIDTH, WIDTH),
    "encoder.score": (WIDTH, 1),
    "encoder.decoder.hidden": (2 * WIDTH, WIDTH),
    "encoder.decoder.output": (WIDTH, CHANNELS),
    **{f"metaLearner.attention.{name}": (WIDTH, WIDTH) for name in ("query", "key", "value", "output")},
    "metaLearner.hidden": (WIDTH, WIDTH),
    "metaLearner.classes": (2 * WIDTH, WIDTH),
    "metaLearner.head": (WIDTH, CHANNELS + 1),
    "metaLearner.modulation": (WIDTH, 2 * CHANNELS * len(NORMS)),
    "metaLearner.stepSizes": (WIDTH, len(LAYERS)),
}


def limit(name, inputs):
    """Wide where tasks are embedded and attend to each other, or their embeddings would hardly differ; narrow where they would make steps too long."""
    wide = name in ("encoder.example", "encoder.score") or ".attention." in name
    narrow = name in ("metaLearner.modulation", "metaLearner.stepSizes")
    return (3 if wide else 0.5 if narrow else 1) * inputs**-0.5


def strategist_weights():
    stream = Stream(4)
    weights = {"encoder.labels": stream.array((WAYS, WIDTH))}
    for name, (inputs, outputs) in DENSE.items():
        weights[f"{name}.kernel"] = stream.array((inputs, outputs), limit(name, inputs))
        weights[f"{name}.bias"] = stream.array((outputs,), limit(name, inputs))
    return {name: tensor(values).requires_grad_() for name, values in weights.items()}


def dense(w, name, x):
    return x @ w[f"{name}.kernel"] + w[f"{name}.bias"]


def encode(w, embedded, labels):
    """e = sum of a_i h_i over the examples, h_i = ReLU(A [x_i; label_i]), a the softmax of the scores of the h_i."""
    examples = [dense(w, "encoder.example", torch.cat([x, w["encoder.labels"][y]])).relu() for x, y in zip(embedded, labels)]
    shares = torch.cat([dense(w, "encoder.score", h) for h in examples]).softmax(0)
    return sum(a * h for a, h in zip(shares, examples))


def reconstruction_error(w, task, embedded):
    decode = lambda label: dense(w, "encoder.decoder.output", dense(w, "encoder.decoder.hidden", torch.cat([task, label])).relu())
    means = embedded.reshape(WAYS, SHOTS, CHANNELS).mean(1)
    return mse_loss(torch.stack([decode(label) for label in w["encoder.labels"]]), means.detach())


def contexts(w, tasks):
    """Self-attention among tasks, added to what each is."""
    heads = lambda name: dense(w, f"metaLearner.attention.{name}", tasks).reshape(TASKS, HEADS, -1).transpose(0, 1)
    mixed = scaled_dot_product_attention(heads("query"), heads("key"), heads("value"))
    return tasks + dense(w, "metaLearner.attention.output", mixed.transpose(0, 1).reshape(TASKS, WIDTH))


def strategy(w, body, context):
    """The weights from which a task starts, and the step size of each layer."""
    hidden = dense(w, "metaLearner.hidden", context).relu()
    rows = [dense(w, "metaLearner.classes", torch.cat([hidden, label])).relu() for label in w["encoder.labels"]]
    head = torch.stack([dense(w, "metaLearner.head", row) for row in rows])
    start = {**body, "head.kernel": head[:, :CHANNELS].T, "head.bias": head[:, CHANNELS]}
    # All scales before all shifts, layer by layer within.
    gammas, betas = dense(w, "metaLearner.modulation", hidden).reshape(2, len(NORMS), CHANNELS)
    for norm, gamma, beta in zip(NORMS, gammas, betas):
        start[f"{norm}.scale"] = body[f"{norm}.scale"] * (1 + gamma)
        start[f"{norm}.offset"] = body[f"{norm}.offset"] * (1 + gamma) + beta
    return start, dict(zip(LAYERS, INITIAL_STEP * dense(w, "metaLearner.stepSizes", hidden).exp()))


def umtl():
    body = {name: weight for name, weight in initial_weights().items() if not name.startswith("head.")}
    w, labels = strategist_weights(), torch.arange(WAYS).repeat_interleave(SHOTS)
    supports = [images(20 + task, WAYS * SHOTS) for task in range(TASKS)]
    embedded = [features(body, support) for support in supports]
    tasks = torch.stack([encode(w, x, labels) for x in embedded])
    total = sum(RECONSTRUCTION * reconstruction_error(w, task, x) for task, x in zip(tasks, embedded))
    for at, (support, context) in enumerate(zip(supports, contexts(w, tasks))):
        weights, sizes = strategy(w, body, context)
        for _ in range(STEPS):
            loss = lambda now: cross_entropy(forward(now, support)[0], labels)
            weights = descend(weights, loss, lambda name: sizes[name.rpartition(".")[0]], lambda name: True)
        statistics = forward(weights, support)[1]
        logits = forward(weights, images(30 + at, WAYS * QUERIES), statistics)[0]
        total = total + cross_entropy(logits, torch.arange(WAYS * QUERIES) % WAYS)
    return case(total / TASKS, {**{f"body.{name}": weight for name, weight in body.items()}, **w})


if __name__ == "__main__":
    print(json.dumps({"versions": versions(), "cases": {"umtl": umtl()}}, indent=1))
