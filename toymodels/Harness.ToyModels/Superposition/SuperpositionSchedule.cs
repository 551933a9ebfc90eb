namespace Harness.ToyModels;

/// <summary>How long a superposition model is trained.</summary>
/// <param name="TiedSteps">Steps with tied weights.</param>
/// <param name="TiedBatch">Samples in each of them.</param>
/// <param name="UntiedSteps">Steps of fine-tuning after the weights were untied; tied models take none.</param>
/// <param name="UntiedBatch">Samples in each of them.</param>
public sealed record SuperpositionSchedule(int TiedSteps, int TiedBatch, int UntiedSteps, int UntiedBatch)
{
    /// <summary>The schedule of the approved weights: 5,000 × 1,024, then 4,000 × 256.</summary>
    public static SuperpositionSchedule Full { get; } = new(5000, 1024, 4000, 256);
}
