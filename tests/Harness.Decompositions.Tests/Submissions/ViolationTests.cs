using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Decompositions.Tests;

/// <summary>Every rule of the schema has its own error, which names the file, the key, what is there and what was expected.</summary>
public sealed class ViolationTests
{
    private const string Form =
        "expected subnetwork.<k>.<directions|mask|component>/<tensor> or subnetwork.<k>.activity/<data set>.";

    public static TheoryData<string, string> Violations => new()
    {
        { "schema", "'harness.schema' is 'decomposition/2' in the metadata, expected 'decomposition/1'." },
        { "no-case", "'case' is missing from the metadata (or empty); expected harness.schema, case, method, version, seed, all strings." },
        { "seed", "'seed' is '-1' in the metadata, expected a whole number from 0 to 2^64 − 1." },
        { "unknown-key", $"'weights' is not a key of the schema; {Form}" },
        { "padded-number", $"'subnetwork.00.component/p1' is not a key of the schema; {Form}" },
        { "unknown-tensor", "'subnetwork.0.component/p9' names tensor 'p9'; the case has p0, p1, p2." },
        { "unknown-set", "'subnetwork.0.activity/none' names data set 'none'; the case has all, half." },
        { "component-shape", "'subnetwork.0.component/p0' has shape [2, 3], expected [3, 2]." },
        { "directions-shape", "'subnetwork.0.directions/p0' has shape [3, 2], expected [s, 3, 2] with s at least 1." },
        { "no-directions", "'subnetwork.0.directions/p1' has shape [0, 4], expected [s, 4] with s at least 1." },
        { "activity-shape", "'subnetwork.0.activity/all' has shape [2], expected [5], one number per sample." },
        { "integer-component", "'subnetwork.0.component/p1' has type I64, expected one of F64, F32, F16, BF16." },
        { "floating-mask", "'subnetwork.0.mask/p1' has type F64, expected one of U8, BOOL." },
        { "mask-value", "'subnetwork.0.mask/p1' has the value 2 at flat index 3, expected only 0 and 1." },
        { "gap", "'subnetwork.1' is missing; 2 subnetworks must be numbered 0 … 1 without gaps, but there is 2." },
        { "both", "'subnetwork.0' has both directions and a mask, expected one of them: a mask is a coordinate subspace in place of directions." },
        { "only-activity", "'subnetwork.0' has only an activity, expected directions, a mask, a component, or more than one of these." },
        { "unequal", "'subnetwork.0.directions/p1' has 3 directions but 'subnetwork.0.directions/p0' has 2; all tensors of one subnetwork need equally many." },
        { "oversized", "'subnetwork.0.directions/p1' has 15 directions, but the model has only 14 parameters." },
        { "nan", "'subnetwork.0.component/p1' holds 1 NaN and 0 infinite values, expected finite numbers." },
        { "infinite", "'subnetwork.0.directions/p1' holds 0 NaN and 2 infinite values, expected finite numbers." },
        { "activity-nan", "'subnetwork.0.activity/half' holds 1 NaN and 0 infinite values, expected finite numbers." },
        { "negative", "'subnetwork.0.activity/half' is -0.5 at sample 1, expected at least 0." },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Is_refused_by_name(string name, string message)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("decomposition.safetensors");
        var metadata = Files.Metadata();
        SafetensorsFile.Write(path, Tensors(name, metadata).Select(pair => KeyValuePair.Create(pair.Key, pair.Value)), metadata);
        var exception = Assert.Throws<SubmissionException>(() => DecompositionFile.Read(path, SubmissionSpec.Layout, SubmissionSpec.Samples));
        Assert.Equal($"{path}: {message}", exception.Message);
        Assert.Equal((path, message.Split('\'')[1]), (exception.File, exception.Key));
    }

    /// <summary>
    /// A file of a few kilobytes must not make the reader allocate gigabytes: an absent tensor is zero, but a flat vector of all
    /// parameters takes room. Kills a reader that trusts counts because the file itself is small.
    /// </summary>
    [Fact]
    public void A_small_file_cannot_ask_for_much_memory()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("decomposition.safetensors");
        var layout = new ParameterLayout([("large", [1 << 20]), ("small", [1])]);
        SafetensorsFile.Write(path, [new("subnetwork.0.directions/small", zeros([1000, 1], dtype: float32))], Files.Metadata());
        var exception = Assert.Throws<SubmissionException>(() => DecompositionFile.Read(path, layout, SubmissionSpec.Samples));
        Assert.Contains("1000 vectors of 1048577 parameters; at most 511 fit in memory", exception.Message);
    }

    private static Dictionary<string, Tensor> Tensors(string violation, Dictionary<string, string> metadata)
    {
        static Tensor Zeros(params long[] shape) => zeros(shape, dtype: float64);
        static Tensor Values(params double[] values) => tensor(values);
        const string Of = "subnetwork.0.";
        switch (violation)
        {
            case "schema": metadata["harness.schema"] = "decomposition/2"; return [];
            case "no-case": metadata.Remove("case"); return [];
            case "seed": metadata["seed"] = "-1"; return [];
            case "unknown-key": return new() { ["weights"] = Zeros(4) };
            case "padded-number": return new() { ["subnetwork.00.component/p1"] = Zeros(4) };
            case "unknown-tensor": return new() { [Of + "component/p9"] = Zeros(4) };
            case "unknown-set": return new() { [Of + "activity/none"] = Zeros(5) };
            case "component-shape": return new() { [Of + "component/p0"] = Zeros(2, 3) };
            case "directions-shape": return new() { [Of + "directions/p0"] = Zeros(3, 2) };
            case "no-directions": return new() { [Of + "directions/p1"] = Zeros(0, 4) };
            case "activity-shape": return new() { [Of + "component/p1"] = Zeros(4), [Of + "activity/all"] = Zeros(2) };
            case "integer-component": return new() { [Of + "component/p1"] = zeros([4], dtype: ScalarType.Int64) };
            case "floating-mask": return new() { [Of + "mask/p1"] = Zeros(4) };
            case "mask-value": return new() { [Of + "mask/p1"] = Values(0, 1, 1, 2).to(uint8) };
            case "gap": return new() { [Of + "component/p1"] = Zeros(4), ["subnetwork.2.component/p1"] = Zeros(4) };
            case "both": return new() { [Of + "directions/p1"] = Zeros(1, 4), [Of + "mask/p0"] = zeros([3, 2], dtype: uint8) };
            case "only-activity": return new() { [Of + "activity/all"] = Zeros(5) };
            case "unequal": return new() { [Of + "directions/p0"] = Zeros(2, 3, 2), [Of + "directions/p1"] = Zeros(3, 4) };
            case "oversized": return new() { [Of + "directions/p1"] = Zeros(15, 4) };
            case "nan": return new() { [Of + "component/p1"] = Values(0, double.NaN, 1, 2) };
            case "infinite": return new() { [Of + "directions/p1"] = Values(double.PositiveInfinity, 0, double.NegativeInfinity, 0).reshape(1, 4) };
            case "activity-nan": return new() { [Of + "component/p1"] = Zeros(4), [Of + "activity/half"] = Values(double.NaN, 1) };
            case "negative": return new() { [Of + "component/p1"] = Zeros(4), [Of + "activity/half"] = Values(0, -0.5) };
            default: throw new ArgumentOutOfRangeException(nameof(violation), violation, null);
        }
    }
}
