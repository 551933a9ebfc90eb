namespace Harness.Grading;

/// <summary>How a planted subnetwork and the answer matched to it spread over one tensor.</summary>
/// <param name="Tensor">The tensor's name.</param>
/// <param name="Planted">Share of what matters in the plant that lies in this tensor, 0 … 1 (sum 1 over tensors).</param>
/// <param name="Submitted">Share of the answer that lies in this tensor, 0 … 1 (sum 1 over tensors).</param>
public sealed record TensorShare(string Tensor, double Planted, double Submitted)
{
    /// <summary>Planted share from which a tensor belongs to the subnetwork, for the flag only.</summary>
    public const double Substantial = 1e-2;

    /// <summary>Submitted share, relative to the planted one, below which an answer does not touch a tensor.</summary>
    public const double Untouched = 1e-2;

    /// <summary>Whether the plant uses this tensor and the answer does not.</summary>
    public bool IsMissed => Planted >= Substantial && Submitted < Untouched * Planted;
}
