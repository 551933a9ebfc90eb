namespace Harness.Numerics;

/// <summary>How a spectral density is estimated. It costs at most <c>Probes·Steps</c> products.</summary>
/// <param name="Probes">Random vectors, at least 2: error bars are the spread between them. Default 10.</param>
/// <param name="Steps">Lanczos steps per probe, at least 2; more than the dimension are not taken. Default 80.</param>
/// <param name="Seed">Seed of the probes. Equal seeds give equal bits.</param>
public sealed record DensityRequest(int Probes = 10, int Steps = 80, ulong Seed = 0)
{
    /// <summary>
    /// Standard deviation of the smoothing kernel as a share of the spectrum's range. Null (the default): <c>1.5/Steps</c>, at which the error of the
    /// quadrature is 1e-8 or so, far below the error bars: those know of the probes only, so a narrower kernel must be paid for with more steps.
    /// </summary>
    /// <value>In [1e-4, 1].</value>
    public double? RelativeWidth { get; init; }

    /// <summary>Throws unless the request is as documented.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Probes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 2);
        if (RelativeWidth is { } width && !(width is >= 1e-4 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(RelativeWidth), width, "The relative width must lie in [1e-4, 1].");
    }
}
