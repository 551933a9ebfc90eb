"""Outputs of exported networks by PyTorch: forward.py CLIENTS COUNT CASE…

Writes outputs.safetensors into each case's folder: <set>/float64 and <set>/float32, [min(COUNT, N), outputs] as F64, of the
first COUNT samples of each data set.
"""

import sys
from pathlib import Path

import torch

clients, count, *folders = sys.argv[1:]
sys.path.insert(0, clients)
from harness_client import Tensor, read_case, torch_module, write_safetensors  # noqa: E402

torch.set_num_threads(1)
for folder in folders:
    case = read_case(folder)
    outputs = {}
    for dtype in (torch.float64, torch.float32):
        module = torch_module(case, dtype)
        for name, data in case.data.items():
            inputs = data["inputs"]
            kept = min(int(count), inputs.shape[0])
            flat = inputs.values[: kept * (len(inputs.values) // inputs.shape[0])].tolist()
            x = torch.tensor(flat, dtype=torch.int64 if inputs.dtype == "I64" else torch.float64).reshape(kept, *inputs.shape[1:])
            with torch.no_grad():
                y = module(x).to(torch.float64)
            outputs[f"{name}/{str(dtype).removeprefix('torch.')}"] = Tensor.of(y.flatten().tolist(), list(y.shape))
    write_safetensors(Path(folder) / "outputs.safetensors", outputs, {})
