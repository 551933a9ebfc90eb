namespace Harness.Numerics.Tests;

internal static class PairChecks
{
    /// <summary>The first violation of all that an answer on a planted spectrum must satisfy; null if there is none.</summary>
    internal static Violation? All(PlantedSpectrum planted, EigenRequest request, Eigenpairs pairs) =>
        Mandatory(planted, request, pairs)
        ?? EigenpairChecks.ClaimedResiduals(planted.Operator, pairs)
        ?? EigenpairChecks.Angles(request, pairs, planted.Eigenvalues, planted.Eigenvectors, planted.Rounding);

    /// <summary>The same without what only a certificate can claim.</summary>
    internal static Violation? Mandatory(PlantedSpectrum planted, EigenRequest request, Eigenpairs pairs) =>
        EigenpairChecks.Shape(planted.Operator, request, pairs)
        ?? EigenpairChecks.Order(request, pairs)
        ?? EigenpairChecks.Orthonormal(pairs)
        ?? EigenpairChecks.Residuals(planted.Operator, request, pairs)
        ?? EigenpairChecks.Spectrum(request, pairs, planted.Eigenvalues, planted.Rounding);
}
