using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>Options of <see cref="HessianSteering"/>.</summary>
public sealed record HessianSteeringOptions
{
    /// <summary>The k of the Hessian complement unless another is given: 40.</summary>
    public const int DefaultEigenvectors = 40;

    /// <summary>The q of the Jacobian complement unless another is given, as a share of P: 0.17.</summary>
    public const double DefaultJacobianShare = 0.17;

    /// <summary>
    /// The q for a mixture in the place of the set to ablate, as a share of P: 0.28. A mixture's outputs depend on all that the kept set's depend on, so what
    /// 0.17 leaves of the kept set is what a step along the mixture's own directions finds first.
    /// </summary>
    public const double SemiSupervisedJacobianShare = 0.28;

    /// <summary>No q is larger unless it is asked for: 2,000. That many rows of 80,000 parameters are 1.3 GB.</summary>
    public const int MostJacobianDirections = 2000;

    /// <summary>Most samples whose gradients are taken: 500.</summary>
    public const int MostProbedSamples = 500;

    /// <summary>Fewest samples whose gradients are taken, if the kept set has as many: 100; for large q it is q/2.</summary>
    public const int FewestProbedSamples = 100;

    /// <summary>Random probes of the logits per sample: 3, or more where 1.25·q gradients need them.</summary>
    public const int ProbesPerSample = 3;

    /// <summary>What directions are projected off; default: the kept set's Hessian eigenvectors.</summary>
    public SteeringComplement Complement { get; init; }

    /// <summary>
    /// k or q, at least 0 (nothing is projected off). Null (default): 40 eigenvectors, or 0.17·P singular vectors, at most 2,000 of them.
    /// </summary>
    public int? Avoided { get; init; }

    /// <summary>How many top eigenvectors of the set to ablate are candidates; at least 1, default 12.</summary>
    public int Candidates { get; init; } = 12;

    /// <summary>Of so many leading projected candidates all sums with signs ± are candidates too; 0 … 10, default 6: 32 mixtures.</summary>
    public int Mixed { get; init; } = 6;

    /// <summary>
    /// For a point that is not a minimum: Hessians are restricted to the complement of their set's gradient, negative eigenvalues are dropped, and the kept
    /// set's gradient joins what is avoided. Default false.
    /// </summary>
    public bool OffGradient { get; init; }

    /// <summary>Precision of Hessian products and gradients, float64 (default) or float32. Projections are float64.</summary>
    public ScalarType DataType { get; init; } = ScalarType.Float64;

    internal HessianSteeringOptions Validated()
    {
        if (Avoided is { } avoided)
            ArgumentOutOfRangeException.ThrowIfNegative(avoided, nameof(Avoided));
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        if (Mixed is < 0 or > 10)
            throw new ArgumentOutOfRangeException(nameof(Mixed), Mixed, "0 … 10 candidates can be mixed: 2^(n−1) mixtures.");
        return this;
    }
}
