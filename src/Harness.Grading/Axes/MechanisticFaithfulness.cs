using Harness.Models;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Whether inactive components are really out of use: the network must survive any subset of them, not only all or none. The worst share of the loss
/// recovered over masks of inactive components that the samples share: all 2ⁿ on/off masks for n ≤ 12 components, otherwise 1,000 random ones and a
/// projected-gradient search.
/// </summary>
/// <remarks>
/// grading.md, axis 3; arXiv 2506.20790 for masks and their adversarial search. On 4 to 64 samples of each data set, the fewer the more masks there are.
/// </remarks>
public static class MechanisticFaithfulness
{
    /// <summary>Largest number of components of which all masks are tried.</summary>
    public const int MostEnumerated = 12;

    private const int RandomMasks = 1000;
    private const int MostSamples = 64;
    private const int LeastSamples = 4;

    /// <summary>Samples times masks, some two seconds of a small network.</summary>
    private const int Work = 20_000;

    /// <summary>Parameters of masked networks written out at a time: 32 MiB.</summary>
    private const long MostEntries = 1L << 22;

    private const int SearchSteps = 20;
    private const double StepLength = 0.1;

    /// <summary><c>min over masks of (L_zero − L_masked)/(L_zero − L_full)</c>, at most 1; 1 is exact.</summary>
    public static AxisReading Read(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (Ablation.Missing(answer) is { } reason)
            return AxisReading.Skip(reason);
        using var scope = NewDisposeScope();
        var components = answer.Subnetworks.Count(one => one.Component is not null);
        var masks = components <= MostEnumerated ? 1 << components : RandomMasks;
        var parts = new MaskedComponents(answer, Math.Clamp(Work / masks, LeastSamples, MostSamples));
        if (!parts.HasInactive)
            return AxisReading.Skip("every component is active on all inputs");
        var (zero, full) = (parts.LossOfNone(), parts.LossOfAll());
        if (zero - full <= 0)
            return AxisReading.Skip("without all components the loss is no higher");
        var most = (int)Math.Clamp(MostEntries / answer.Profile.Layout.Length, 1, RandomMasks);
        var worst = Masks(parts.Count).Chunk(most).Max(some =>
        {
            answer.Cancellation.ThrowIfCancellationRequested();
            return parts.Losses(some).Max();
        });
        if (parts.Count > MostEnumerated)
            worst = Math.Max(worst, Search(parts));
        return Math.Min(1, (zero - worst) / (zero - full));
    }

    private static IEnumerable<double[]> Masks(int count)
    {
        if (count <= MostEnumerated)
            return Enumerable.Range(0, 1 << count).Select(bits => Enumerable.Range(0, count).Select(j => (double)(bits >> j & 1)).ToArray());
        var random = RandomSource.Named(0, "masks of inactive components");
        return Enumerable.Range(0, RandomMasks).Select(_ => Enumerable.Range(0, count).Select(_ => (double)random.NextInt32(2)).ToArray());
    }

    /// <summary>Signed ascent from the middle, within [0, 1].</summary>
    private static double Search(MaskedComponents parts)
    {
        double[] mask = [.. Enumerable.Repeat(0.5, parts.Count)];
        var worst = parts.Loss(mask);
        for (var step = 0; step < SearchSteps; step++)
        {
            mask = [.. mask.Zip(parts.Gradient(mask), (value, slope) => Math.Clamp(value + StepLength * Math.Sign(slope), 0, 1))];
            worst = Math.Max(worst, parts.Loss(mask));
        }
        return worst;
    }
}
