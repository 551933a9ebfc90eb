namespace Harness.Reporting;

/// <summary>How an axis places numbers.</summary>
public enum AxisScale
{
    /// <summary>Equal differences are equally long.</summary>
    Linear,

    /// <summary>Equal ratios are equally long; only numbers of at least 10⁻³⁰⁰ have a place.</summary>
    Logarithmic,
}
