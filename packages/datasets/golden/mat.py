"""MAT-files written by scipy, with what scipy itself reads from them, for the tests of `formats/mat`.

Made with Python 3.11.7, numpy 2.4.6 and scipy 1.17.1 (recorded in the file):

    pip install numpy==2.4.6 scipy==1.17.1
    python packages/datasets/golden/mat.py > packages/datasets/src/formats/mat.golden.json
"""

import base64
import io
import json
import platform

import numpy
import scipy
from scipy.io import loadmat, savemat

generator = numpy.random.default_rng(20150714)


def cells(items, shape):
    """A cell array, filled column by column."""
    made = numpy.empty(shape, dtype=object)
    for at, item in enumerate(items):
        made[numpy.unravel_index(at, shape, order="F")] = item
    return made


numeric = {
    name: generator.integers(0, 100, (3, 2)).astype(name)
    for name in ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32"]
}
variables = {
    **numeric,
    "negative": numpy.array([[-128, 127]], dtype="int8"),
    "double": generator.normal(size=(2, 3)),
    "cube": generator.normal(size=(2, 3, 2)),
    "scalar": numpy.array([[0.1]]),
    "empty": numpy.zeros((0, 4)),
    "logical": numpy.array([[True, False, True]]),
    "cells": cells([numpy.array([[1.5]]), generator.normal(size=(4, 2)), numpy.zeros((0, 0))], (1, 3)),
    "nested": cells([cells([numpy.array([[7.0, 8.0]])], (1, 1)), numpy.array([[9.0]])], (2, 1)),
    "text": "not read",
    "struct": {"field": 1.0},
    "complex": numpy.array([[1 + 2j]]),
}


def described(value):
    if value.dtype == object:
        inner = [described(item) for item in value.ravel(order="F")]
        return {"kind": "cells", "shape": list(value.shape), "cells": inner}
    if value.dtype.kind in "USVc":
        return {"kind": "unread"}
    numbers = [float(number) for number in value.ravel(order="F")]
    return {"kind": "matrix", "shape": list(value.shape), "values": numbers}


def written(content, **options):
    file = io.BytesIO()
    savemat(file, content, **options)
    made = bytearray(file.getvalue())
    if options.get("format") != "4":
        # The header's text names the day, which would make each file different.
        made[:116] = b"MATLAB 5.0 MAT-file, made by scipy for a test".ljust(116)
    return bytes(made)


files = {
    "plain": written(variables, do_compression=False),
    "compressed": written(variables, do_compression=True),
}
read = loadmat(io.BytesIO(files["compressed"]))
print(
    json.dumps(
        {
            "versions": {
                "python": platform.python_version(),
                "numpy": numpy.__version__,
                "scipy": scipy.__version__,
            },
            "variables": {name: described(read[name]) for name in variables},
            "files": {name: base64.b64encode(made).decode() for name, made in files.items()},
            "level4": base64.b64encode(written({"double": variables["double"]}, format="4")).decode(),
        }
    )
)
