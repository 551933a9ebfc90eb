using System.Globalization;
using Harness.Decompositions;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Everything in an object as text, bit for bit: two are equal exactly when the texts are.</summary>
public static class Fingerprint
{
    /// <summary>Of parameters and data.</summary>
    public static string Of(Subject subject) => string.Join(
        "\n",
        [
            Of(subject.Model.Parameters),
            .. subject.DataSets.Select(data =>
                $"{data.Name} {Of(data.Inputs)} {Of(data.Targets)} {(data.Weights is { } weights ? Of(weights) : "-")}"),
        ]);

    /// <summary>Of an answer, its names included.</summary>
    public static string Of(Decomposition decomposition) => string.Join("\n", decomposition.Subnetworks.Select(Of));

    private static string Of(Subnetwork subnetwork)
    {
        using var scope = NewDisposeScope();
        var activity = (subnetwork.Activity ?? new Dictionary<string, double[]>()).OrderBy(set => set.Key, StringComparer.Ordinal)
            .Select(set => $"{set.Key} {Hex(set.Value)}");
        return $"{subnetwork.Name} {(subnetwork.Directions is { } directions ? Of(directions.Basis()) : "-")} "
            + $"{(subnetwork.Component is { } component ? Of(component) : "-")} {string.Join(" ", activity)}";
    }

    private static string Of(Tensor values)
    {
        using var scope = NewDisposeScope();
        return $"[{string.Join(", ", values.shape)}] {Hex(values.detach().cpu().to(float64).contiguous().data<double>().ToArray())}";
    }

    private static string Hex(double[] values) =>
        string.Join(" ", values.Select(value => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture)));
}
