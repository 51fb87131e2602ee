"""Measures one workload on request: a JSON object a line comes in, one goes out.

    {"do": "start", "workload": …, "threads": …, "episodes": …}  ->  {"parameters": …, "units": …, "library": …, "versions": {…}}
    {"do": "measure", "seconds": …, "least": …}                  ->  {"milliseconds": [… a run], "value": …}
"""

import gc
import json
import math
import os
import platform
import sys
import time
from importlib.metadata import PackageNotFoundError, version

import torch
from work import Work


def make(workload: str, episodes: str | None) -> Work:
    """The workload of that name. Imports are made here, so that one library's fault breaks only its own rows."""
    family, _, which = workload.partition("/")
    if family == "maml":
        import maml

        return {
            "second-order-1": lambda: maml.training_step(steps=1, order=2, meta_batch=4),
            "second-order-5": lambda: maml.training_step(steps=5, order=2, meta_batch=4),
            "first-order-5": lambda: maml.training_step(steps=5, order=1, meta_batch=4),
            "vmap-1": lambda: maml.training_step_vmap(steps=1, meta_batch=4),
            "vmap-5": lambda: maml.training_step_vmap(steps=5, meta_batch=4),
        }[which]()
    if family == "lenet":
        import multi_task

        return {"equal": multi_task.equal_weights, "pcgrad": multi_task.pcgrad}[which](size=256)
    if family == "episodes":
        import episodes as easyfsl_episodes

        if which == "index":
            return easyfsl_episodes.index_episodes(classes=1692, per_class=20, number=200)
        if which == "meta-test" and episodes is not None:
            return easyfsl_episodes.meta_test(classes=423, per_class=20, file=episodes)
    if family == "protonet" or family == "conv4":
        import prototypical

        return {
            "5w1s15q": lambda: prototypical.training_step(5, 1, 15),
            "60w5s5q": lambda: prototypical.training_step(60, 5, 5),
            "forward-600": lambda: prototypical.forward(600),
        }[which]()
    raise KeyError(f"no workload {workload}")


def installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def start(request: dict) -> tuple[Work, dict]:
    torch.set_num_threads(request["threads"])
    torch.manual_seed(0)
    work = make(request["workload"], request.get("episodes"))
    versions = {name: installed(name) for name in ("torch", "easyfsl", "LibMTL", "learn2learn")}
    reply = {
        "parameters": work.parameters,
        "units": work.units,
        "library": work.library,
        "versions": {"python": platform.python_version(), **{n: v for n, v in versions.items() if v}},
    }
    return work, reply


def measure(work: Work, seconds: float, least: int) -> dict:
    """Times runs until `seconds` are over and at least `least` were made."""
    milliseconds: list[float] = []
    value = 0.0
    gc.collect()
    end = time.perf_counter() + seconds
    while len(milliseconds) < least or time.perf_counter() < end:
        began = time.perf_counter()
        value = work.run()
        milliseconds.append((time.perf_counter() - began) * 1000)
    return {"milliseconds": milliseconds, "value": value if math.isfinite(value) else None}


def main() -> None:
    # What libraries print must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    work: Work | None = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "start":
            work, reply = start(request)
        elif work is not None:
            reply = measure(work, request["seconds"], request["least"])
        else:
            raise RuntimeError("nothing was started")
        print(json.dumps(reply), file=answers, flush=True)


if __name__ == "__main__":
    main()
