using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>What a case took: the method alone, without grading. Null where unknown.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="Gradients">Gradients over a data set: counted where the harness computed them, else what the method says.</param>
/// <param name="Products">Products with Hessians, Jacobians and their transposes, in the same way.</param>
/// <param name="PeakMemoryMiB">Largest resident memory of the whole process while it ran.</param>
public sealed record CaseCost(double? Seconds, long? Gradients, long? Products, double? PeakMemoryMiB)
{
    /// <summary>
    /// Wall time of the grader, for comparison. The first case on a model in a disguise also pays for what all of them share there: nulls, oracle, and uninformed
    /// answers of the same shape. Null where nothing was graded.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GradingSeconds { get; init; }
}
