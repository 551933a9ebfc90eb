using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Testing;
using VerifyTests;
using VerifyXunit;

namespace Harness.Cli.Tests;

/// <summary>
/// What <c>harness show</c> says of planted models and of the controls, approved: truth in words, sizes, and every measured number of the certificate.
/// Kills a fixture, a plant or a certificate that changes without anybody having looked.
/// </summary>
public class ShowSnapshotTests
{
    /// <summary>Entries of a list that are shown; a hundred features look alike.</summary>
    private const int Shown = 3;

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("modular-addition")]
    [InlineData("modular-addition-p59")]
    [InlineData("modular-addition-p97")]
    [InlineData("modular-addition-p59-all")]
    [InlineData("modular-addition-p97-all")]
    [InlineData("modular-addition-random-phases")]
    [InlineData("modular-addition-random-phases-p59")]
    [InlineData("modular-addition-relu")]
    [InlineData("modular-addition-relu-p59")]
    [InlineData("gated-modular-addition")]
    [InlineData("gated-modular-addition-p59")]
    [InlineData("gated-functions")]
    [InlineData("gated-functions-16")]
    [InlineData("deep-linear")]
    [InlineData("deep-linear-32")]
    [InlineData("direct-sum")]
    [InlineData("direct-sum-dense")]
    [InlineData("direct-sum-8")]
    [InlineData("direct-sum-8-dense")]
    [InlineData("parallel-modules")]
    [InlineData("parallel-modules-cnn")]
    [InlineData("parallel-modules-48")]
    [InlineData("parallel-modules-cnn-16")]
    [InlineData("superposition-5-2")]
    [InlineData("superposition-5-2-untied")]
    [InlineData("superposition-5-2-identity")]
    [InlineData("superposition-5-5")]
    [InlineData("superposition-40-10")]
    [InlineData("superposition-40-10-identity")]
    [InlineData("modular-addition-chunked")]
    [InlineData("modular-addition-chunked-p37")]
    [InlineData("compressed-computation-1")]
    [InlineData("compressed-computation-2")]
    [InlineData("compressed-computation-3")]
    [InlineData("compressed-computation-m0")]
    [InlineData("compressed-computation-exact")]
    [InlineData("digit-pattern-cnn")]
    [InlineData("digit-pattern-cnn-mixed")]
    [InlineData("digit-pattern-cnn-6x6")]
    [InlineData("digit-pattern-cnn-80k")]
    [InlineData("control/entangled")]
    [InlineData("control/label-shuffled")]
    [InlineData("control/random-weights/modular-addition")]
    public Task Shown_as_approved(string id)
    {
        var run = CommandLine.Run("show", id, "--json");
        Assert.Equal(ExitCode.Pass, run.Code);
        var view = JsonNode.Parse(run.Output)!.AsObject();
        var planted = view["subnetworks"]!.AsArray();
        var rest = planted.Count - Shown;
        while (planted.Count > Shown)
            planted.RemoveAt(Shown);
        if (rest > 0)
            planted.Add($"and {rest} more");
        var settings = new VerifySettings();
        // Gradients and eigenvalues that vanish are noise below 1e-7 and differ between machines.
        settings.UseStringComparer(NumericText.Comparer(relative: 1e-5, absolute: 1e-7));
        settings.UseParameters(id);
        return Verifier.Verify(view.ToJsonString(s_readable), settings);
    }
}
