namespace Harness.ToyModels;

/// <summary>One check: a measured number against a limit.</summary>
/// <param name="Name">What is claimed, e.g. <c>ablating frequency 3 changes the logits by the closed form</c>.</param>
/// <param name="Measure">Computes the number.</param>
/// <param name="Limit">The bound.</param>
/// <param name="AtMost">True: the number must be ≤ the limit; false: ≥.</param>
/// <param name="Unit">What the number is, e.g. <c>largest absolute difference</c>.</param>
public sealed record CertificateCheck(string Name, Func<ToyModel, double> Measure, double Limit, bool AtMost, string Unit)
{
    /// <summary>Whether a measured number satisfies the limit. NaN never does.</summary>
    public bool Holds(double measured) => AtMost ? measured <= Limit : measured >= Limit;
}
