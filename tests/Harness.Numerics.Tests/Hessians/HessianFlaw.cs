namespace Harness.Numerics.Tests;

/// <summary>Real defects of Hessian products in public tools.</summary>
public enum HessianFlaw
{
    None,

    /// <summary>The mean over batches of each batch's mean: a short last batch counts too much.</summary>
    UnweightedBatchMean,

    /// <summary>Whole batches only.</summary>
    LastBatchDropped,

    /// <summary>Products pass through float32, and the operator calls itself float64.</summary>
    SilentFloat32,

    /// <summary>Each batch's product is right to float32; their sum is kept in float32 too.</summary>
    Float32Accumulation,

    /// <summary>The sum over samples.</summary>
    SumInsteadOfMean,

    /// <summary>The curvature of ‖·‖² taken for that of ½‖·‖².</summary>
    MissingHalf,

    /// <summary>The first two tensors of the result are written in each other's place.</summary>
    WrongOffset,

    /// <summary>The first two tensors are exchanged in argument and result alike: still symmetric.</summary>
    SlotsExchanged,

    /// <summary>Batch normalisation in train mode: every batch by its own mean and deviation.</summary>
    TrainMode,

    /// <summary>Dropout in train mode: another network at every call.</summary>
    Dropout,

    /// <summary>Sample weights are ignored.</summary>
    WeightsIgnored,

    /// <summary>Weight decay once per batch.</summary>
    DecayPerBatch,

    /// <summary>The Gauss–Newton matrix, called Hessian.</summary>
    GaussNewton,

    /// <summary>Nothing but the diagonal.</summary>
    DiagonalOnly,

    /// <summary>The matrix unit of an accelerator rounds the factors to bfloat16, and the operator calls itself float32.</summary>
    Rounded,

    /// <summary>A constant that keeps a norm from being zero, added where nothing was divided.</summary>
    HiddenConstant,
}
