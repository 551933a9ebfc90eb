namespace Harness.Numerics.Tests;

/// <summary>Ways to get a trace or a diagonal by random probes wrong. All but one are biased: no number of probes helps.</summary>
public enum EstimatorFlaw
{
    None,

    /// <summary>Half-normal probes instead of signs: their entries are correlated, and off-diagonal entries leak in.</summary>
    PositiveProbes,

    /// <summary>The mean over one probe less than there were.</summary>
    OneProbeLess,

    /// <summary>Signs that were not projected off the sketch: its share is counted twice.</summary>
    SketchCountedTwice,

    /// <summary>The trace on the sketch alone: what lies off it is missing.</summary>
    RestIgnored,

    /// <summary>The spread of the probes as the error of their mean.</summary>
    SpreadForError,
}
