namespace Harness.Methods;

/// <summary>Options of <see cref="SphereSearch"/>; the defaults are the measured recipe of methods.md M4.</summary>
public sealed record SphereSearchOptions
{
    /// <summary>Sizes of the eigenspace that is searched, as shares of P; each in (0, 1]. Default 0.02, 0.05, 0.12; for larger vocabularies add 0.2 and 0.3.</summary>
    public IReadOnlyList<double> EigenShares { get; init; } = [0.02, 0.05, 0.12];

    /// <summary>Random starts in each eigenspace; at least 1, default 4.</summary>
    public int Starts { get; init; } = 4;

    /// <summary>Radii as shares of the norm of the parameters that may move, ascending; a radius starts where the last one ended.</summary>
    public IReadOnlyList<double> Radii { get; init; } = [0.15, 0.3, 0.45, 0.6];

    /// <summary>Most steps of the minimisation at each radius; default 60.</summary>
    public int Iterations { get; init; } = 60;

    /// <summary>λo, what a displacement outside the eigenspace costs, as a share of the largest eigenvalue; default 0.3. Infinite: none leaves it.</summary>
    public double PenaltyShare { get; init; } = 0.3;

    /// <summary>
    /// Largest root mean square of the centred logits at the end, relative to the start: a search that scales all logits up has found no subnetwork. Default 1.5.
    /// </summary>
    public double MostGrowth { get; init; } = 1.5;

    /// <summary>How often the search is repeated from where it ended, before anything is frozen; default 2.</summary>
    public int Hops { get; init; } = 2;

    /// <summary>Most subnetworks that are sought by freezing those found; default 8.</summary>
    public int Rounds { get; init; } = 8;

    /// <summary>Up to this many parameters the whole Hessian is diagonalised; beyond, Lanczos. Default 4000.</summary>
    public long DenseUpTo { get; init; } = 4000;

    /// <summary>Most eigenvectors of an iterative solve; eigenspaces are cut there. Default 400.</summary>
    public int MostEigenvectors { get; init; } = 400;

    internal SphereSearchOptions Validated()
    {
        if (EigenShares.Count == 0 || EigenShares.Any(share => share is not (> 0 and <= 1)))
            throw new ArgumentOutOfRangeException(nameof(EigenShares), string.Join(", ", EigenShares), "At least one share in (0, 1].");
        if (Radii.Count == 0 || Radii.Any(radius => !(radius > 0)) || !Radii.SequenceEqual(Radii.Order()))
            throw new ArgumentOutOfRangeException(nameof(Radii), string.Join(", ", Radii), "At least one radius, positive and ascending.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Starts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(PenaltyShare);
        ArgumentOutOfRangeException.ThrowIfLessThan(Hops, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Rounds);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostEigenvectors, 1);
        return MostGrowth > 0 ? this : throw new ArgumentOutOfRangeException(nameof(MostGrowth), MostGrowth, "Must be above 0.");
    }
}
