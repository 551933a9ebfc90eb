using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

public static partial class EigenpairChecks
{
    /// <summary>
    /// The values are the wanted ones of the true spectrum, copies included, each within its own bound: neither missed nor found twice.
    /// </summary>
    /// <param name="request">What was asked.</param>
    /// <param name="pairs">The answer.</param>
    /// <param name="spectrum">All n eigenvalues, in any order.</param>
    /// <param name="rounding">How well the spectrum itself is known, absolute.</param>
    public static Violation? Spectrum(EigenRequest request, Eigenpairs pairs, IReadOnlyList<double> spectrum, double rounding)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(spectrum);
        var wanted = Wanted(request, spectrum);
        if (wanted.Length != pairs.Count)
            return new Violation("spectrum", pairs.Count, wanted.Length, "values found");
        // By |λ| the order of λ and −λ is undetermined; compared is then what they share.
        double Shown(double value) => request.End == SpectrumEnd.Magnitude ? Math.Abs(value) : value;
        return Worst(
            "spectrum",
            [.. wanted.Select((index, i) => Math.Abs(Shown(spectrum[index]) - Shown(pairs.Values[i])))],
            i => ClusterOf(pairs, i).Max(j => pairs.ValueBounds[j]) + rounding);
    }

    /// <summary>
    /// The span of every cluster lies within its stated angle of the true eigenspace. Clusters that state none are not judged.
    /// </summary>
    /// <param name="request">What was asked.</param>
    /// <param name="pairs">The answer; its values must have passed <see cref="Spectrum"/>.</param>
    /// <param name="spectrum">All n eigenvalues.</param>
    /// <param name="vectors"><c>[n, n]</c>: their eigenvectors, rows.</param>
    /// <param name="rounding">How well the matrix with this spectrum is known, absolute: turns true eigenspaces by rounding over gap.</param>
    public static Violation? Angles(EigenRequest request, Eigenpairs pairs, IReadOnlyList<double> spectrum, Tensor vectors, double rounding)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(spectrum);
        ArgumentNullException.ThrowIfNull(vectors);
        using var scope = NewDisposeScope();
        foreach (var cluster in pairs.Clusters.Where(cluster => pairs.AngleBounds[cluster.Members[0]] is not null))
        {
            int[] members = [.. cluster.Members];
            // The true eigenvalues nearest to the cluster, as many as it has members: unlike positions, they are right for λ and −λ too.
            var nearest = Enumerable.Range(0, spectrum.Count).OrderBy(i => members.Min(j => Math.Abs(spectrum[i] - pairs.Values[j]))).ToArray();
            var (inside, outside) = (nearest[..members.Length], nearest[members.Length..]);
            var gap = outside.Select(i => members.Min(j => Math.Abs(spectrum[i] - pairs.Values[j]))).Append(double.PositiveInfinity).Min();
            var claimed = DenseSubspace.Span(pairs.Vectors.index_select(0, Index(members)));
            var angle = PrincipalAngles.Between(claimed, DenseSubspace.Span(vectors.index_select(0, Index(inside))))[^1];
            var limit = members.Max(j => pairs.AngleBounds[j]!.Value) + 2 * rounding / gap + Tolerances.Angle(spectrum.Count);
            if (Violation.Unless("eigenspace angle", angle, limit, $"cluster of {members.Length} at λ = {pairs.Values[members[0]]:g6}") is { } violation)
                return violation;
        }
        return null;

        Tensor Index(int[] rows) => tensor(rows.Select(row => (long)row).ToArray());
    }

    private static IReadOnlyList<int> ClusterOf(Eigenpairs pairs, int index) => pairs.Clusters.First(cluster => cluster.Members.Contains(index)).Members;

    private static int[] Wanted(EigenRequest request, IReadOnlyList<double> spectrum)
    {
        var inwards = SpectrumOrder.Inwards(request.End, spectrum).Take(request.Count).ToArray();
        return [.. SpectrumOrder.Reported(request.End, [.. inwards.Select(i => spectrum[i])]).Select(i => inwards[i])];
    }
}
