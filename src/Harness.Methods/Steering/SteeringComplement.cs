namespace Harness.Methods;

/// <summary>What a steering direction is projected off.</summary>
public enum SteeringComplement
{
    /// <summary>The top k eigenvectors of the kept set's Hessian (the seed equation, M2).</summary>
    Hessian,

    /// <summary>The top q right singular vectors of per-sample gradients of random logit probes on the kept set: what its outputs depend on at all.</summary>
    Jacobian,
}
