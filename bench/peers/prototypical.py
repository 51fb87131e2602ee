"""Prototypical networks through easyfsl, and the forward pass of their backbone."""

import torch
from conv4 import conv4, random_episode, random_images
from easyfsl.methods import PrototypicalNetworks
from torch.nn.functional import cross_entropy
from work import Work, count

EPISODES = 16
"""Episodes that lie ready and are taken in turn: drawing them costs the peer nothing."""


def training_step(ways: int, shots: int, queries: int) -> Work:
    """One update on one episode, as in easyfsl's notebook on episodic training.

    The method's own support and query calls would pass the backbone twice; one batch of both is faster and normalises as
    the original code does, so the features are computed together.
    """
    method = PrototypicalNetworks(conv4())
    method.train()
    optimiser = torch.optim.Adam(method.parameters(), lr=1e-3)
    episodes = [random_episode(ways, shots, queries) for _ in range(EPISODES)]
    turn = 0

    def run() -> float:
        nonlocal turn
        support, support_labels, query, query_labels = episodes[turn % EPISODES]
        turn += 1
        optimiser.zero_grad()
        features = method.compute_features(torch.cat([support, query]))
        method.prototypes = torch.stack(
            [features[: len(support)][support_labels == way].mean(0) for way in range(ways)]
        )
        scores = method.l2_distance_to_prototypes(features[len(support):])
        loss = cross_entropy(scores, query_labels)
        loss.backward()
        optimiser.step()
        return loss.item()

    return Work(run, count(method), library="easyfsl")


def forward(images: int) -> Work:
    """The backbone's forward pass with batch statistics, without gradients."""
    backbone = conv4()
    backbone.train()
    batch = random_images(images)

    def run() -> float:
        with torch.no_grad():
            return backbone(batch).sum().item()

    return Work(run, count(backbone))
