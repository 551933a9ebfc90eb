namespace Harness.Numerics.Tests;

/// <summary>The production's checks of eigenpairs, on a planted spectrum.</summary>
internal static class PairChecks
{
    /// <summary>The first violation of all that an answer on a planted spectrum must satisfy; null if there is none.</summary>
    internal static Violation? All(PlantedSpectrum planted, EigenRequest request, Eigenpairs pairs) =>
        EigenpairChecks.All(planted.Operator, request, pairs, planted.Truth);

    /// <summary>The same without what only a certificate can claim.</summary>
    internal static Violation? Mandatory(PlantedSpectrum planted, EigenRequest request, Eigenpairs pairs) =>
        EigenpairChecks.WithoutClaims(planted.Operator, request, pairs, planted.Truth);
}
