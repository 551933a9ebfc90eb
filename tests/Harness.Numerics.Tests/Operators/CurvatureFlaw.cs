namespace Harness.Numerics.Tests;

/// <summary>Real defects of curvature products in public tools.</summary>
public enum CurvatureFlaw
{
    None,

    /// <summary>The ½ of another convention for the squared error.</summary>
    MissingTwo,

    /// <summary>The unweighted mean of batch means.</summary>
    BatchesUnweighted,

    LastBatchDropped,

    SumInsteadOfMean,

    WeightsIgnored,

    NoWeightDecay,

    /// <summary>Gradients at the data's own labels, called Fisher.</summary>
    EmpiricalForTrue,
}
