"""Read exported cases and write decompositions, with the standard library alone.

    case = read_case("suite/case-0123456789ab")
    weight = case.parameters["p0"]                      # Tensor: shape, values (flat, row-major)
    part = {"component": {"p0": weight}}                # or "directions", "mask", "activity"
    write_decomposition(case, [part], method="my-method", version="1", seed=0)

If torch is installed, torch_module(case) builds the network that the harness grades.
"""

from __future__ import annotations

import json
import math
import struct
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Mapping, Sequence

# safetensors name -> array typecode. Half precision is not needed: exports are F64 and I64.
_TYPES = {"F64": "d", "F32": "f", "I64": "q", "I32": "i", "I16": "h", "I8": "b", "U8": "B", "BOOL": "B"}
_PARTS = ("directions", "mask", "component", "activity")


@dataclass
class Tensor:
    """Numbers in row-major order and their shape. `dtype` is the safetensors name, e.g. F64, I64, U8."""

    shape: tuple[int, ...]
    values: array
    dtype: str = "F64"

    @staticmethod
    def of(values: Iterable[float], shape: Sequence[int], dtype: str = "F64") -> Tensor:
        """Makes a tensor and checks that the numbers fill the shape."""
        data = array(_TYPES[dtype], values)
        if len(data) != math.prod(shape):
            raise ValueError(f"shape {tuple(shape)} needs {math.prod(shape)} numbers, got {len(data)}")
        return Tensor(tuple(shape), data, dtype)


@dataclass
class Case:
    """One exported case: the network, its trained parameters in order, constants, and named data sets."""

    directory: Path
    id: str
    model: dict[str, Any]
    parameters: dict[str, Tensor]
    constants: dict[str, Tensor]
    data: dict[str, dict[str, Tensor]]


def read_safetensors(path: str | Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Tensors and metadata of a safetensors file."""
    raw = Path(path).read_bytes()
    (length,) = struct.unpack_from("<Q", raw)
    header = json.loads(raw[8 : 8 + length].decode("utf-8"))
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = array(_TYPES[entry["dtype"]])
        values.frombytes(raw[8 + length + begin : 8 + length + end])
        tensors[name] = Tensor(tuple(entry["shape"]), _little_endian(values), entry["dtype"])
    return tensors, metadata


def write_safetensors(path: str | Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> None:
    """Writes tensors and metadata (strings) as a safetensors file."""
    header: dict[str, Any] = {"__metadata__": dict(metadata)}
    chunks, offset = [], 0
    for name, tensor in tensors.items():
        chunk = _little_endian(array(tensor.values.typecode, tensor.values)).tobytes()
        header[name] = {"dtype": tensor.dtype, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(chunk)]}
        chunks.append(chunk)
        offset += len(chunk)
    text = json.dumps(header).encode("utf-8")
    text += b" " * (-len(text) % 8)  # aligns the numbers
    Path(path).write_bytes(b"".join([struct.pack("<Q", len(text)), text, *chunks]))


def read_case(directory: str | Path) -> Case:
    """Reads model.json, model.safetensors and data.safetensors of a case folder."""
    directory = Path(directory)
    model = json.loads((directory / "model.json").read_text(encoding="utf-8"))
    tensors, _ = read_safetensors(directory / "model.safetensors")
    data: dict[str, dict[str, Tensor]] = {}
    for name, tensor in read_safetensors(directory / "data.safetensors")[0].items():
        name, _, part = name.rpartition("/")
        data.setdefault(name, {})[part] = tensor
    return Case(
        directory,
        directory.resolve().name,
        model,
        {declared["name"]: tensors[declared["name"]] for declared in model["parameters"]},
        {declared["name"]: tensors[declared["name"]] for declared in model["constants"]},
        data,
    )


def write_decomposition(
    case: Case, subnetworks: Sequence[Mapping[str, Mapping[str, Tensor]]], method: str, version: str, seed: int, notes: str = ""
) -> Path:
    """Writes the answer into the case's folder and returns its path.

    Each subnetwork maps "directions" [s, *shape], "mask" [*shape] U8, "component" [*shape] to tensors by parameter name, and
    "activity" [N] to tensors by data set. An absent parameter is zero. `harness check-submission` checks everything else.
    """
    tensors: dict[str, Tensor] = {}
    for k, subnetwork in enumerate(subnetworks):
        for part, by_name in subnetwork.items():
            if part not in _PARTS:
                raise ValueError(f"subnetwork {k} has a part '{part}', expected one of {', '.join(_PARTS)}")
            for name, tensor in by_name.items():
                tensors[f"subnetwork.{k}.{part}/{name}"] = tensor
    metadata = {"harness.schema": "decomposition/1", "case": case.id, "method": method, "version": version, "seed": str(seed)}
    path = case.directory / "decomposition.safetensors"
    write_safetensors(path, tensors, {**metadata, "notes": notes} if notes else metadata)
    return path


def torch_module(case: Case, dtype: Any = None) -> Any:
    """The case's network as a torch.nn.Module; `dtype` is torch.float64 unless given. Needs torch."""
    import torch

    dtype = dtype or torch.float64

    def to_torch(tensor: Tensor) -> Any:
        return torch.tensor(tensor.values.tolist(), dtype=dtype).reshape(tensor.shape)

    class Exported(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            for name, tensor in case.parameters.items():
                self.register_parameter(name, torch.nn.Parameter(to_torch(tensor)))
            for name, tensor in case.constants.items():
                self.register_buffer(name, to_torch(tensor))

        def forward(self, x: Any) -> Any:
            values = {**dict(self.named_parameters()), **dict(self.named_buffers())}
            values[case.model["inputs"][0]] = x.to(dtype) if x.is_floating_point() else x
            for operation in case.model["operations"]:
                values[operation["out"]] = _evaluate(operation, values, dtype)
            return values[case.model["output"]]

    return Exported()


def _evaluate(operation: Mapping[str, Any], values: Mapping[str, Any], dtype: Any) -> Any:
    import torch
    from torch.nn import functional

    inputs = [values[name] for name in operation["in"]]
    x = inputs[0]
    weight = values.get(operation.get("weight"))
    bias = values.get(operation.get("bias"))
    get = operation.get
    actions = {
        "linear": lambda: functional.linear(x, weight, bias),
        "matmul": lambda: x @ inputs[1],
        "conv2d": lambda: functional.conv2d(x, weight, bias, get("stride", 1), get("padding", 0), 1, get("groups", 1)),
        "max_pool2d": lambda: functional.max_pool2d(x, get("kernel"), get("stride") or get("kernel")),
        "flatten": lambda: x.flatten(get("start_dim", 1)),
        "reshape": lambda: x.reshape(get("shape")),
        "relu": lambda: functional.relu(x),
        "gelu": lambda: functional.gelu(x),
        "silu": lambda: functional.silu(x),
        "square": lambda: x * x,
        "add": lambda: x + inputs[1],
        "multiply": lambda: x * inputs[1],
        "scale": lambda: x * get("factor"),
        "concat": lambda: torch.cat(inputs, get("dim", 1)),
        "slice": lambda: x.narrow(get("dim", 1), get("start", 0), get("end") - get("start", 0)).index_select(
            get("dim", 1), torch.arange(0, get("end") - get("start", 0), get("step", 1))
        ),
        "transpose": lambda: x.transpose(get("dim0"), get("dim1")),
        "sum": lambda: x.sum(get("dim"), get("keepdim", False)),
        "one_hot": lambda: functional.one_hot(x, get("classes")).to(dtype),
        "embedding": lambda: functional.embedding(x, weight),
        "softmax": lambda: functional.softmax(x, get("dim", 1)),
    }
    if operation["op"] not in actions:
        raise ValueError(f"unknown operation '{operation['op']}': this client is older than the export")
    return actions[operation["op"]]()


def _little_endian(values: array) -> array:
    if struct.pack("=H", 1) != struct.pack("<H", 1):
        values.byteswap()
    return values
