using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>One planted subnetwork, in the undisguised parameters.</summary>
/// <param name="Name">What it computes, e.g. <c>frequency 3</c>.</param>
/// <param name="Subspace">S_i: the parameters it lives in.</param>
/// <param name="Component">c_i <c>[P]</c>: its share of θ*, where the truth is a partition or sum; otherwise null.</param>
/// <param name="Activity">Per data set, per sample <c>[N]</c>: whether it is used.</param>
/// <param name="EffectSubspace">Output directions in which its contribution lies, a subspace of ℝ^outputs; null: all.</param>
public sealed record PlantedSubnetwork(
    string Name, Subspace Subspace, Tensor? Component, IReadOnlyDictionary<string, bool[]> Activity, Subspace? EffectSubspace = null);
