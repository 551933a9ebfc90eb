namespace Harness.Numerics;

/// <summary>Over which targets the Fisher information takes its expectation.</summary>
public enum FisherKind
{
    /// <summary>Over targets drawn from the model itself, exactly and not by sampling: the Fisher information proper.</summary>
    True,

    /// <summary>
    /// Over the data's own targets: the second moment of per-sample gradients. Not an approximation of the true Fisher away from a perfect fit.
    /// </summary>
    Empirical,
}
