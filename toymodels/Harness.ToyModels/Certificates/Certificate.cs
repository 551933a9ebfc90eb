namespace Harness.ToyModels;

/// <summary>The checks that prove a model's truth. Each is computed when asked for; none uses a decomposition method.</summary>
/// <param name="Checks">At least one.</param>
public sealed record Certificate(IReadOnlyList<CertificateCheck> Checks)
{
    /// <summary>
    /// Measures every check on a model: the one it certifies, a disguised twin (the truth is carried along), or one with a suspect truth.
    /// </summary>
    public IReadOnlyList<CertificateResult> Examine(ToyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. Checks.Select(check => new CertificateResult(check, check.Measure(model)))];
    }
}
