"""Two updates of Reptile and an adaptation after them, with PyTorch's own Adam in double precision, for the test in `few-shot`.

Made with Python 3.11.7, numpy 2.4.6 and torch 2.9.1 (recorded in the file):

    pip install torch==2.9.1 numpy==2.4.6
    python golden/reptile_pytorch.py > src/few-shot/reptile-pytorch.golden.json

Nichol, Achiam, Schulman 2018, algorithm 2, on a network of one hidden layer; the generator is that of maml_pytorch.py beside it. A task's Adam starts
from the second moments and the count of steps that the last update left, the mean over its tasks.
"""

import json

import torch
from torch.nn.functional import cross_entropy

from maml_pytorch import Stream, tensor
from versions import versions

TASKS, INPUTS, UNITS, WAYS, IMAGES, STEPS, UPDATES = 3, 4, 6, 3, 6, 3, 2
RATE, META_STEP, BUDGET = 0.05, 0.5, 8
BATCHES = [[0, 1, 2, 3], [4, 5, 0, 1], [2, 3, 4, 5]]
SHAPES = {
    "body.dense1.kernel": (INPUTS, UNITS),
    "body.dense1.bias": (UNITS,),
    "head.kernel": (UNITS, WAYS),
    "head.bias": (WAYS,),
}


def loss(weights, images, labels):
    hidden = torch.relu(images @ weights["body.dense1.kernel"] + weights["body.dense1.bias"])
    return cross_entropy(hidden @ weights["head.kernel"] + weights["head.bias"], labels)


def adapted(initial, second, made, batches):
    """Weights, second moments and the last step's loss after a step of Adam on each batch."""
    weights = {name: torch.nn.Parameter(value.clone()) for name, value in initial.items()}
    optimiser = torch.optim.Adam(weights.values(), lr=RATE, betas=(0.0, 0.999), eps=1e-8)
    for name, weight in weights.items():
        optimiser.state[weight] = {
            "step": torch.tensor(float(made)),
            "exp_avg": torch.zeros_like(weight),
            "exp_avg_sq": second[name].clone(),
        }
    for images, labels in batches:
        optimiser.zero_grad()
        last = loss(weights, images, labels)
        last.backward()
        optimiser.step()
    return {name: w.detach() for name, w in weights.items()}, {name: optimiser.state[w]["exp_avg_sq"] for name, w in weights.items()}, last.item()


if __name__ == "__main__":
    stream = Stream(1)
    weights = {name: tensor(stream.array(shape, 0.7)) for name, shape in SHAPES.items()}
    second = {name: torch.zeros_like(weight) for name, weight in weights.items()}
    labels, losses, made = torch.arange(IMAGES) % WAYS, [], 0
    for update in range(UPDATES):
        images = tensor(Stream(2 + update).array((TASKS, IMAGES, INPUTS)))
        reached = [adapted(weights, second, made, [(images[task][batch], labels[batch]) for batch in BATCHES]) for task in range(TASKS)]
        share = META_STEP * (1 - update / BUDGET)
        weights = {name: w + share * (sum(r[0][name] for r in reached) / TASKS - w) for name, w in weights.items()}
        second = {name: sum(r[1][name] for r in reached) / TASKS for name in weights}
        losses.append(sum(r[2] for r in reached) / TASKS)
        made += STEPS
    images = tensor(Stream(9).array((IMAGES, INPUTS)))
    after = adapted(weights, second, made, [(images, labels)] * STEPS)[0]
    flat = lambda tree: {name: value.flatten().tolist() for name, value in tree.items()}
    print(json.dumps({"versions": versions(), "losses": losses, "weights": flat(weights), "second": flat(second), "adapted": flat(after)}, indent=1))
