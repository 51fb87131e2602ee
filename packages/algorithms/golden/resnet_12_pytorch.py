"""ResNet-12's embeddings and a meta-gradient through one step on it, by PyTorch's autograd in double precision, for the test of `backbones`.

Made with Python 3.11.7, numpy 2.4.6 and torch 2.9.1 (recorded in the file):

    pip install torch==2.9.1 numpy==2.4.6
    python golden/resnet_12_pytorch.py > src/backbones/resnet-12.golden.json

Generator and summaries are those of maml_pytorch.py beside it. The network is written from section 4.1 of arXiv 1904.03758, without DropBlock.
"""

import json

import numpy
import torch
from torch.nn.functional import conv2d, leaky_relu, max_pool2d

from maml_pytorch import EPSILON, Stream, summary, tensor
from versions import versions

IMAGES, SIZE, CHANNELS, WIDTH, RATE = 3, 17, 3, 2, 0.1


def initial_weights():
    """In the order and layout of the test: by block three 3x3 kernels [height, width, in, out], each with scale and offset, then the 1x1."""
    stream, weights = Stream(1), {}

    def layer(name, size, inputs, outputs):
        weights[name + ".kernel"] = stream.array((size, size, inputs, outputs), 1 / numpy.sqrt(size * size * inputs))
        weights[name + ".norm.scale"] = stream.array((outputs,), 0.3, 1.0)
        weights[name + ".norm.offset"] = stream.array((outputs,), 0.3)

    inputs = CHANNELS
    for block in range(4):
        outputs = WIDTH * 2**block
        for index, source in enumerate((inputs, outputs, outputs)):
            layer(f"blocks.{block}.convolutions.{index}", 3, source, outputs)
        layer(f"blocks.{block}.shortcut", 1, inputs, outputs)
        inputs = outputs
    return {name: tensor(values).requires_grad_() for name, values in weights.items()}


def normalised(weights, name, x):
    kernel = weights[name + ".kernel"].permute(3, 2, 0, 1)
    x = conv2d(x, kernel, padding=kernel.shape[-1] // 2)
    centre, variance = x.mean((0, 2, 3), keepdim=True), x.var((0, 2, 3), unbiased=False, keepdim=True)
    x = (x - centre) / torch.sqrt(variance + EPSILON)
    return x * weights[name + ".norm.scale"].view(1, -1, 1, 1) + weights[name + ".norm.offset"].view(1, -1, 1, 1)


def embed(weights, images):
    x = images
    for block in range(4):
        name = f"blocks.{block}."
        path = leaky_relu(normalised(weights, name + "convolutions.0", x), 0.1)
        path = leaky_relu(normalised(weights, name + "convolutions.1", path), 0.1)
        path = normalised(weights, name + "convolutions.2", path)
        x = max_pool2d(leaky_relu(path + normalised(weights, name + "shortcut", x), 0.1), 2)
    return x.mean((2, 3))


def loss(weights, images):
    embedding = embed(weights, images)
    return (embedding**2 * tensor(Stream(3).array(tuple(embedding.shape)))).sum()


if __name__ == "__main__":
    weights = initial_weights()
    images = tensor(Stream(2).array((IMAGES, SIZE, SIZE, CHANNELS), 0.5, 0.5)).permute(0, 3, 1, 2)
    gradients = torch.autograd.grad(loss(weights, images), list(weights.values()), create_graph=True)
    adapted = {name: w - RATE * g for (name, w), g in zip(weights.items(), gradients)}
    after = loss(adapted, images)
    meta = torch.autograd.grad(after, list(weights.values()))
    print(
        json.dumps(
            {
                "versions": versions(),
                "embedding": [float(value) for value in embed(weights, images).detach().flatten()],
                "loss": float(after.detach()),
                "gradients": {name: summary(gradient) for name, gradient in zip(weights, meta)},
            },
            indent=1,
        )
    )
