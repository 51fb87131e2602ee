"""What a golden file was made with, recorded in it."""

import platform
import sys

import numpy


def versions():
    """Versions of Python, of numpy and, where the script imported it, of PyTorch."""
    torch = sys.modules.get("torch")
    return {
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        **({"torch": torch.__version__} if torch else {}),
    }
