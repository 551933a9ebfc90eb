"""An answer by the standard library alone: the largest singular triple of every weight matrix is a subnetwork.

    python3 example_svd.py suite/case-0123456789ab [another case ...]

A baseline, not a good method: it looks at no data.
"""

from __future__ import annotations

import math
import random
import sys
from operator import mul

from harness_client import Tensor, read_case, write_decomposition

Vector = list[float]


def largest_triple(rows: list[Vector], iterations: int = 20_000) -> tuple[Vector, float, Vector]:
    """Left vector, singular value and right vector of a matrix, by power iteration on AᵀA until the value stands still."""
    generator = random.Random(0)
    right = [generator.gauss(0, 1) for _ in rows[0]]
    columns = list(zip(*rows))
    singular = 0.0
    for _ in range(iterations):
        norm = math.hypot(*right) or 1.0
        right = [value / norm for value in right]
        left = [sum(map(mul, row, right)) for row in rows]
        previous, singular = singular, math.hypot(*left)
        if abs(singular - previous) <= 1e-14 * singular:
            break
        right = [sum(map(mul, column, left)) for column in columns]
    return [value / (singular or 1.0) for value in left], singular, right


def main(directories: list[str]) -> None:
    for directory in directories:
        case = read_case(directory)
        subnetworks = []
        for name, weight in case.parameters.items():
            if len(weight.shape) < 2:
                continue
            width = len(weight.values) // weight.shape[0]
            rows = [list(weight.values[i : i + width]) for i in range(0, len(weight.values), width)]
            left, singular, right = largest_triple(rows)
            outer = [u * v for u in left for v in right]
            subnetworks.append(
                {
                    "directions": {name: Tensor.of(outer, (1, *weight.shape))},
                    "component": {name: Tensor.of((singular * value for value in outer), weight.shape)},
                }
            )
        print(write_decomposition(case, subnetworks, method="example-svd", version="1", seed=0))


if __name__ == "__main__":
    main(sys.argv[1:])
