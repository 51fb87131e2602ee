"""MAML: the loop over tasks that its libraries use, and a form with torch.func.vmap for information."""

from copy import deepcopy

import torch
from conv4 import WIDTH, conv4, random_episode
from torch import Tensor, nn
from torch.func import functional_call, grad, vmap
from torch.nn.functional import cross_entropy
from work import Work, count

try:
    from learn2learn.algorithms import MAML
except ImportError:
    MAML = None

WAYS, SHOTS, QUERIES = 5, 1, 15
INNER_RATE = 0.4
META_RATE = 2e-3
BATCHES = 4
"""Meta-batches that lie ready and are taken in turn."""

Episode = tuple[Tensor, Tensor, Tensor, Tensor]
Parameters = dict[str, Tensor]


def network() -> nn.Sequential:
    """Conv4-64 with batch statistics and a linear head."""
    return nn.Sequential(conv4(running=False), nn.Linear(WIDTH, WAYS))


def query_loss(model: nn.Module, episode: Episode, steps: int, order: int) -> Tensor:
    """The query loss after inner steps, differentiable in the model's parameters."""
    support, support_labels, query, query_labels = episode
    if MAML is not None:
        learner = model.clone()
        for _ in range(steps):
            learner.adapt(cross_entropy(learner(support), support_labels))
        return cross_entropy(learner(query), query_labels)
    fast = dict(model.named_parameters())
    for _ in range(steps):
        loss = cross_entropy(functional_call(model, fast, support), support_labels)
        gradients = torch.autograd.grad(loss, list(fast.values()), create_graph=order == 2)
        fast = {
            name: weight - INNER_RATE * gradient
            for (name, weight), gradient in zip(fast.items(), gradients, strict=True)
        }
    return cross_entropy(functional_call(model, fast, query), query_labels)


def training_step(steps: int, order: int, meta_batch: int) -> Work:
    """One update on a meta-batch, a task after the other; gradients add up, so that one task's graph is held at a time."""
    model = network()
    parameters = count(model)
    if MAML is not None:
        model = MAML(model, lr=INNER_RATE, first_order=order == 1)
    optimiser = torch.optim.Adam(model.parameters(), lr=META_RATE)
    batches = [[random_episode(WAYS, SHOTS, QUERIES) for _ in range(meta_batch)] for _ in range(BATCHES)]
    turn = 0

    def run() -> float:
        nonlocal turn
        optimiser.zero_grad()
        total = torch.zeros(())
        for episode in batches[turn % BATCHES]:
            loss = query_loss(model, episode, steps, order) / meta_batch
            loss.backward()
            total += loss.detach()
        turn += 1
        optimiser.step()
        return total.item()

    return Work(run, parameters, library="torch" if MAML is None else "learn2learn")


def training_step_vmap(steps: int, meta_batch: int) -> Work:
    """The same update, second order, with all tasks at once through torch.func."""
    model = network()
    stateless = deepcopy(model).to("meta")
    optimiser = torch.optim.Adam(model.parameters(), lr=META_RATE)
    batches = [
        tuple(torch.stack(part) for part in zip(*(random_episode(WAYS, SHOTS, QUERIES) for _ in range(meta_batch))))
        for _ in range(BATCHES)
    ]
    turn = 0

    def loss_of(weights: Parameters, images: Tensor, labels: Tensor) -> Tensor:
        return cross_entropy(functional_call(stateless, weights, images), labels)

    def task_loss(weights: Parameters, *episode: Tensor) -> Tensor:
        support, support_labels, query, query_labels = episode
        for _ in range(steps):
            gradients = grad(loss_of)(weights, support, support_labels)
            weights = {name: weight - INNER_RATE * gradients[name] for name, weight in weights.items()}
        return loss_of(weights, query, query_labels)

    def run() -> float:
        nonlocal turn
        weights = dict(model.named_parameters())
        optimiser.zero_grad()
        episodes = batches[turn % BATCHES]
        turn += 1
        loss = vmap(task_loss, in_dims=(None, 0, 0, 0, 0))(weights, *episodes).mean()
        loss.backward()
        optimiser.step()
        return loss.item()

    return Work(run, count(model), library="torch.func")
