#!/usr/bin/env python3
"""Compares the Hessian products of `harness eigen` with those of ARPACK (scipy's eigsh) on the same exported model.

    tests/Harness.Benchmarks/compare_arpack.py modular-addition modular-addition-mlp --top 10 50

Needs torch and scipy, for example Debian's python3-torch and python3-scipy. Both sides get the same number of pairs and the same tolerance; what
they mean by it differs, so the residual that each reaches is printed beside its count. A single-vector Krylov method can miss copies of an
eigenvalue: a count of ARPACK's says nothing where its answer is wrong, and the last column says where it is.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import torch
from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src/Harness.Cli/clients/python"))

from harness_client import Case, read_case, torch_module  # noqa: E402


class Hessian(LinearOperator):
    """The float64 Hessian of the exported model's loss on a data set, by a retained gradient; counts its products."""

    def __init__(self, case: Case, data: str) -> None:
        module = torch_module(case)
        self.leaves = list(module.parameters())
        self.decay = case.model["loss"]["weight_decay"]
        self.products = 0
        samples = {part: torch.tensor(t.values.tolist()).reshape(t.shape) for part, t in case.data[data].items()}
        losses = self._losses(case.model["loss"]["kind"], module(samples["inputs"]), samples["targets"])
        weights = samples.get("weights", torch.ones(len(losses))).to(losses.dtype)
        loss = (losses * weights).sum() / weights.sum()
        self.gradient = torch.autograd.grad(loss, self.leaves, create_graph=True)
        size = sum(leaf.numel() for leaf in self.leaves)
        super().__init__(numpy.float64, (size, size))

    @staticmethod
    def _losses(kind: str, outputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        if kind == "cross_entropy":
            return torch.nn.functional.cross_entropy(outputs, targets, reduction="none")
        return (outputs - targets).square().sum(1)

    def _matvec(self, vector: numpy.ndarray) -> numpy.ndarray:
        self.products += 1
        flat = torch.from_numpy(numpy.array(vector, dtype=numpy.float64).reshape(-1))
        parts = [part.reshape(leaf.shape) for part, leaf in zip(flat.split([leaf.numel() for leaf in self.leaves]), self.leaves)]
        product = torch.autograd.grad(self.gradient, self.leaves, parts, retain_graph=True, allow_unused=True)
        rows = [torch.zeros(leaf.numel(), dtype=torch.float64) if row is None else row.reshape(-1) for row, leaf in zip(product, self.leaves)]
        return (torch.cat(rows) + self.decay * flat).numpy()


def arpack(hessian: Hessian, top: int, tolerance: float) -> tuple[int, numpy.ndarray, float]:
    """Products, eigenvalues (descending) and the largest residual relative to the largest eigenvalue."""
    hessian.products = 0
    start = numpy.random.default_rng(0).standard_normal(hessian.shape[0])
    try:
        values, vectors = eigsh(hessian, k=top, which="LA", tol=tolerance, v0=start)
    except ArpackNoConvergence as stopped:
        values, vectors = stopped.eigenvalues, stopped.eigenvectors
    spent = hessian.products
    residuals = [numpy.linalg.norm(hessian.matvec(vector) - value * vector) for value, vector in zip(values, vectors.T)]
    return spent, numpy.sort(values)[::-1], max(residuals, default=float("nan")) / max(abs(values), default=1.0)


def harness(arguments: list[str]) -> str:
    return subprocess.run([str(ROOT / "harness"), *arguments], check=True, capture_output=True, text=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--top", type=int, nargs="+", default=[10])
    parser.add_argument("--tol", type=float, default=1e-6)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{'model':28} {'top':>4} | {'harness':>13} {'residual':>9} | {'ARPACK':>8} {'residual':>9} | same eigenvalues")
    for model in options.models:
        with tempfile.TemporaryDirectory() as folder:
            harness(["export", model, "--disguise", "none", "--out", f"{folder}/cases"])
            case = read_case(next(Path(folder, "cases").glob("case-*")))
            for top in options.top:
                ours = json.loads(harness(["eigen", "--model", model, "--top", str(top), "--tol", str(options.tol), "--json"]))
                spent, values, residual = arpack(Hessian(case, ours["data"]), top, options.tol)
                expected = numpy.array(ours["values"])
                count = min(len(values), len(expected))
                apart = numpy.nonzero(abs(values[:count] - expected[:count]) > 1e-6 * abs(expected[0]))[0]
                verdict = f"NO, from the {apart[0] + 1}th on" if len(apart) else "yes" if count == len(expected) else f"{count} of them converged"
                certified = max(ours["residuals"]) / ours["norm"]
                split = " + ".join(str(ours["productSplit"][part]) for part in ("iteration", "sweeps", "certificate"))
                print(f"{model:28} {top:4} | {split:>13} {certified:9.1e} | {spent:8} {residual:9.1e} | {verdict}", flush=True)


if __name__ == "__main__":
    main()
