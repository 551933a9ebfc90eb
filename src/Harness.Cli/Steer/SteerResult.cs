using Harness.Grading;
using Harness.Numerics;

namespace Harness.Cli;

/// <summary>All that a steering run found.</summary>
/// <param name="Data">The data sets.</param>
/// <param name="Norm">‖θ*‖.</param>
/// <param name="Rows">Methods, then baselines.</param>
/// <param name="Independence">Eigenspaces of the two pure training sets against each other.</param>
/// <param name="Colours">Where the mixed set's eigenvectors lie; null: there is no mixed set.</param>
/// <param name="Singles">The seed equation's single directions on some held-out data.</param>
/// <param name="Sweeps">Kept and ablated held-out accuracy against k or q, by method; empty: not asked for.</param>
/// <param name="Seconds">Wall time by what it went into.</param>
internal sealed record SteerResult(
    SteerData Data, double Norm, IReadOnlyList<SteerRow> Rows, SubspaceIndependence Independence, IReadOnlyList<ColourShares>? Colours,
    IReadOnlyList<SteeredDirection> Singles, IReadOnlyList<SteerSweep> Sweeps, IReadOnlyDictionary<string, double> Seconds);
