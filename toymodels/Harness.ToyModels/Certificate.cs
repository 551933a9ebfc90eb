namespace Harness.ToyModels;

/// <summary>The checks that prove a model's truth. Each is computed when asked for; none uses a decomposition method.</summary>
/// <param name="Checks">At least one.</param>
public sealed record Certificate(IReadOnlyList<CertificateCheck> Checks);
