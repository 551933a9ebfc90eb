namespace Harness.Grading;

/// <summary>The two columns of recovery, which are never merged.</summary>
public enum RecoveryColumn
{
    /// <summary>The subspaces of parameter space that were handed in.</summary>
    Directions,

    /// <summary>The shares of θ* that were handed in.</summary>
    Components,
}
