namespace Harness.ToyModels;

/// <summary>What one attempt of a training is accompanied by: who watches, who may end it, and when it is good enough to end early.</summary>
/// <param name="progress">Receives fractions; null: nobody watches.</param>
/// <param name="isGood">Whether finished parameters meet the quality bar; null: the run is never ended early.</param>
/// <param name="cancellation">Honoured between steps.</param>
internal sealed class TrainingWatch(
    IProgress<double>? progress = null, Func<double[], bool>? isGood = null, CancellationToken cancellation = default)
{
    /// <summary>How the attempt ended, for people; set by whoever trains.</summary>
    internal string Ending { get; set; } = "";

    /// <summary>Honoured between steps.</summary>
    internal CancellationToken Cancellation => cancellation;

    /// <summary>Reports a fraction, if anybody watches.</summary>
    internal void Report(double fraction) => progress?.Report(fraction);

    /// <summary>Whether finished parameters meet the bar; false where nobody can tell.</summary>
    internal bool IsGood(double[] parameters) => isGood?.Invoke(parameters) ?? false;
}
