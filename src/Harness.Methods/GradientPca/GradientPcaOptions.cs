namespace Harness.Methods;

/// <summary>Options of <see cref="GradientPca"/>.</summary>
/// <param name="MaximumCount">
/// Components are kept up to the largest ratio of one variance to the next among the first <c>MaximumCount</c>; at least 1, default 20.
/// </param>
public sealed record GradientPcaOptions(int MaximumCount = 20)
{
    internal GradientPcaOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumCount, 1);
        return this;
    }
}
