namespace Harness.ToyModels;

/// <summary>One measured check of a certificate.</summary>
/// <param name="Check">What was claimed.</param>
/// <param name="Measured">The number that was measured.</param>
public sealed record CertificateResult(CertificateCheck Check, double Measured)
{
    /// <summary>Whether the claim holds.</summary>
    public bool Holds => Check.Holds(Measured);
}
