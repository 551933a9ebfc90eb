namespace Harness.Methods;

/// <summary>Options of <see cref="RandomSubspaces"/>.</summary>
/// <param name="Count">Number of subnetworks; at least 1, default 8 (fewer if there are fewer parameters).</param>
/// <param name="MaximumRank">Each has rank <c>min(P / Count, MaximumRank)</c>, at least 1; default 32.</param>
public sealed record RandomOptions(int Count = 8, int MaximumRank = 32)
{
    internal RandomOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumRank, 1);
        return this;
    }
}
