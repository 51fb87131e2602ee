"""Conv4-64 and images for it, as few-shot code in PyTorch usually has them."""

import torch
from torch import Tensor, nn

WIDTH = 64
SIDE = 28


def block(inputs: int, running: bool) -> nn.Sequential:
    """3x3 convolution, batch norm, ReLU, 2x2 max pooling."""
    return nn.Sequential(
        nn.Conv2d(inputs, WIDTH, 3, padding=1),
        nn.BatchNorm2d(WIDTH, track_running_stats=running),
        nn.ReLU(),
        nn.MaxPool2d(2),
    )


def conv4(running: bool = True) -> nn.Sequential:
    """Four blocks, 1x28x28 to 64 features; `running` keeps averages for evaluation."""
    blocks = [block(1 if index == 0 else WIDTH, running) for index in range(4)]
    return nn.Sequential(*blocks, nn.Flatten())


def random_images(count: int) -> Tensor:
    """Images of the right shape; their content moves no time."""
    return torch.rand(count, 1, SIDE, SIDE)


def random_episode(ways: int, shots: int, queries: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Support images and labels, query images and labels, class by class."""
    return (
        random_images(ways * shots),
        torch.arange(ways).repeat_interleave(shots),
        random_images(ways * queries),
        torch.arange(ways).repeat_interleave(queries),
    )
