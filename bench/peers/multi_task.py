"""MultiMNIST with LeNet and hard sharing: equal weights in plain PyTorch, PCGrad through LibMTL."""

import random
import sys
from itertools import cycle

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_
from work import Work, count

TASKS = ("left", "right")
FEATURES = 50
CLIP_NORM = 2.0
BATCHES = 8
"""Batches that lie ready and are taken in turn."""


class LeNet(nn.Module):
    """Two 5x5 convolutions with pooling, and a dense layer of 50."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 10, 5),
            nn.MaxPool2d(2),
            nn.ReLU(),
            nn.Conv2d(10, 20, 5),
            nn.MaxPool2d(2),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(320, FEATURES),
            nn.ReLU(),
        )

    def forward(self, images: Tensor) -> Tensor:
        return self.layers(images)


def heads() -> nn.ModuleDict:
    """One head a task."""
    return nn.ModuleDict(
        {
            task: nn.Sequential(nn.Linear(FEATURES, FEATURES), nn.ReLU(), nn.Linear(FEATURES, 10))
            for task in TASKS
        }
    )


def batches(size: int) -> list[tuple[Tensor, dict[str, Tensor]]]:
    """Images and targets of both tasks."""
    return [
        (torch.rand(size, 1, 28, 28), {task: torch.randint(10, (size,)) for task in TASKS})
        for _ in range(BATCHES)
    ]


def sgd(model: nn.Module) -> torch.optim.Optimizer:
    """The suite's own optimiser of multi-task training, with its defaults."""
    return torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-3)


def equal_weights(size: int) -> Work:
    """The sum of the losses, as LibMTL's EW has it."""
    trunk, own = LeNet(), heads()
    model = nn.ModuleList([trunk, own])
    optimiser = sgd(model)
    ready = cycle(batches(size))

    def run() -> float:
        images, targets = next(ready)
        optimiser.zero_grad()
        embedding = trunk(images)
        loss = sum(cross_entropy(own[task](embedding), targets[task]) for task in TASKS)
        loss.backward()
        clip_grad_norm_(model.parameters(), CLIP_NORM)
        optimiser.step()
        return loss.item()

    return Work(run, count(model))


def import_libmtl() -> tuple[type, type]:
    """LibMTL's hard sharing and PCGrad.

    Its models of other data sets import a module that torchvision has moved to torch.hub.
    """
    import torch.hub

    sys.modules.setdefault("torchvision.models.utils", torch.hub)
    from LibMTL.architecture import HPS
    from LibMTL.weighting import PCGrad

    return HPS, PCGrad


def pcgrad(size: int) -> Work:
    """The step of LibMTL's Trainer, without its data loaders and metrics."""
    random.seed(0)
    architecture, weighting = import_libmtl()

    class Model(architecture, weighting):
        """As the Trainer combines the two."""

        def __init__(self) -> None:
            super().__init__(list(TASKS), LeNet, heads(), False, False, torch.device("cpu"))
            self.init_param()

        def zero_grad_share_params(self) -> None:
            # LibMTL counts on gradients of zero where today's PyTorch leaves none.
            self.encoder.zero_grad(set_to_none=False)

    model = Model()
    optimiser = sgd(model)
    ready = cycle(batches(size))

    def run() -> float:
        images, targets = next(ready)
        predictions = model(images)
        losses = torch.stack([cross_entropy(predictions[task], targets[task]) for task in TASKS])
        optimiser.zero_grad()
        model.backward(losses)
        clip_grad_norm_(model.parameters(), CLIP_NORM)
        optimiser.step()
        return losses.sum().item()

    return Work(run, count(model), library="LibMTL")
