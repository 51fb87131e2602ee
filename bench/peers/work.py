"""What a workload gives to be measured."""

from dataclasses import dataclass
from typing import Callable

from torch import nn


@dataclass
class Work:
    """`run` does the work once and returns a loss (or another number) that shows it was done."""

    run: Callable[[], float]
    parameters: int = 0
    units: int = 1
    """Units of work in one run, where a run has more than one."""
    library: str = "torch"


def count(module: nn.Module) -> int:
    """Numbers that training moves."""
    return sum(parameter.numel() for parameter in module.parameters())
