using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>The curvature of memorised samples, where common tools go wrong.</summary>
public class MemorisedSpectrumTests : Scoped
{
    public static TheoryData<string> Ids => [.. ModularAdditionMlp.Specs.Select(spec => spec.Id)];

    /// <summary>
    /// The number that the margin form of cross-entropy exists for: noise of float32 Hessian products on memorised pairs, against 30 times as much and
    /// more in the plain form. Rejects weights whose units sit on kinks (1e-2 in either form), and weights that are not memorised (no difference).
    /// </summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void OnlyTheMarginFormSurvivesFloat32(string id)
    {
        var toy = ToyModelCatalog.Create(id);
        var (model, data) = (toy.Model, toy.DataSets[0]);
        using var exact = new LossLandscape(model.Network, model.Loss, data).Hessian(model.Parameters);
        var probe = tensor(new RandomSource(1).Gaussians(exact.Dimension), [1, exact.Dimension]);
        for (var step = 0; step < 8; step++)
            probe = exact.Multiply(probe / probe.norm());
        var (norm, top) = (probe.norm().ToDouble(), probe / probe.norm());
        var expected = exact.Multiply(top);
        double Noise(CrossEntropyForm form)
        {
            var single = new LandscapeOptions(DataType: ScalarType.Float32);
            using var hessian = new LossLandscape(model.Network, model.Loss with { Form = form }, data, single).Hessian(model.Parameters);
            return (hessian.Multiply(top) - expected).norm().ToDouble() / norm;
        }

        Assert.InRange(Noise(CrossEntropyForm.Margin), 0, Tolerances.MarginFormNoise32);
        Assert.InRange(Noise(CrossEntropyForm.Plain), Tolerances.PlainFormNoise32, 1);
    }

    /// <summary>
    /// Power iteration with deflation at its common default, stopped when an eigenvalue changes by less than 1e-3: the certificate turns it down. Rejects a
    /// certificate that believes what the iteration says of itself.
    /// </summary>
    [Fact]
    public void PowerIterationAtItsCommonDefaultIsNotCertified()
    {
        var toy = ToyModelCatalog.Create("modular-addition-mlp");
        using var hessian = new LossLandscape(toy.Model.Network, toy.Model.Loss, toy.DataSets[0]).Hessian(toy.Model.Parameters);
        var pairs = new PowerIteration().Solve(hessian, new EigenRequest(3, SpectrumEnd.Magnitude, Tolerance: 1e-3) { HasValidity = false });
        Assert.Equal(Completeness.Incomplete, pairs.Completeness);
        Assert.True(pairs.Flags.HasFlag(EigenFlags.NotConverged), $"{pairs.Flags}");
        Assert.All(Enumerable.Range(0, pairs.Count), i => Assert.False(pairs.IsConverged(i)));
        Assert.All(pairs.AngleBounds, bound => Assert.Null(bound));
        // What it does claim is true: its residuals, which are far from what the tolerance of a certificate asks for.
        Assert.Null(EigenpairChecks.ClaimedResiduals(hessian, pairs));
        Assert.Equal("residual", EigenpairChecks.Residuals(hessian, new EigenRequest(3, SpectrumEnd.Magnitude) { HasValidity = false }, pairs)?.Check);
    }
}
