"""easyfsl's evaluation of episodes from images, and its sampler of index episodes."""

import json

from conv4 import conv4, random_images
from easyfsl.datasets import FewShotDataset
from easyfsl.methods import PrototypicalNetworks
from easyfsl.samplers import TaskSampler
from easyfsl.utils import evaluate
from torch import Tensor
from torch.utils.data import DataLoader
from work import Work, count

WAYS, SHOTS, QUERIES = 5, 1, 15


class Images(FewShotDataset):
    """Random images in memory, so many of each class."""

    def __init__(self, classes: int, per_class: int, with_images: bool) -> None:
        self.labels = [label for label in range(classes) for _ in range(per_class)]
        self.images = random_images(len(self.labels)) if with_images else None

    def __getitem__(self, item: int) -> tuple[Tensor, int]:
        return self.images[item], self.labels[item]

    def __len__(self) -> int:
        return len(self.labels)

    def get_labels(self) -> list[int]:
        return self.labels


class GivenTasks(TaskSampler):
    """easyfsl's sampler, with episodes that were drawn before in place of its own."""

    def __init__(self, dataset: FewShotDataset, tasks: list[list[int]]) -> None:
        super().__init__(dataset, WAYS, SHOTS, QUERIES, len(tasks))
        self.tasks = tasks

    def __iter__(self):
        return iter(self.tasks)


def meta_test(classes: int, per_class: int, file: str) -> Work:
    """Evaluation as in easyfsl's notebooks, over the episodes in `file`; the number is the accuracy."""
    with open(file, encoding="utf-8") as stream:
        tasks = json.load(stream)
    dataset = Images(classes, per_class, with_images=True)
    sampler = GivenTasks(dataset, tasks)
    loader = DataLoader(dataset, batch_sampler=sampler, collate_fn=sampler.episodic_collate_fn)
    method = PrototypicalNetworks(conv4())

    def run() -> float:
        return evaluate(method, loader, device="cpu", use_tqdm=False)

    return Work(run, count(method), library="easyfsl")


def index_episodes(classes: int, per_class: int, number: int) -> Work:
    """Index episodes from easyfsl's TaskSampler; the number is how many indices came."""
    dataset = Images(classes, per_class, with_images=False)
    sampler = TaskSampler(dataset, WAYS, SHOTS, QUERIES, n_tasks=number)

    def run() -> float:
        return float(sum(len(indices) for indices in sampler))

    return Work(run, units=number, library="easyfsl")
