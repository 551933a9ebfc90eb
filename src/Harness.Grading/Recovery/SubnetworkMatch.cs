namespace Harness.Grading;

/// <summary>One planted subnetwork and the submitted one assigned to it.</summary>
/// <param name="Planted">Index i of the planted subnetwork.</param>
/// <param name="Submitted">Index j of the submitted one in the answer as handed in.</param>
/// <param name="Score">R_ij, 0 … 1.</param>
/// <param name="Similarity">Directions: containment C_ij; components: Dice D_ij. Uncorrected.</param>
/// <param name="Coverage">Directions: E_ij; components: null.</param>
/// <param name="Extent">Directions: share of all that matters in the plant, <c>tr(Q P G P Qᵀ)/tr G</c>; components: null.</param>
/// <param name="Shares">Per tensor.</param>
public sealed record SubnetworkMatch(
    int Planted, int Submitted, double Score, double Similarity, double? Coverage, double? Extent, IReadOnlyList<TensorShare> Shares)
{
    /// <summary>Whether the answer leaves out a tensor of a subnetwork that spans several (the output-bias trick).</summary>
    public bool IsPartial => Shares.Any(share => share.IsMissed);
}
