namespace Harness.Numerics;

/// <summary>What products are made for; see <see cref="ProductSplit"/>.</summary>
internal enum ProductPurpose
{
    Iteration,
    Sweep,
    Certificate,
    Proof,
}
