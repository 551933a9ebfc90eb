using FsCheck.Xunit;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class PlantedSpectrumTests : Scoped
{
    /// <summary>
    /// Rejects a loss whose Hessian is ½A, 2A, or A + something, a basis that is not orthogonal, and a shuffled spectrum.
    /// </summary>
    [Property(MaxTest = 40)]
    public void CertificateHoldsForEverySeedAndSpectrum(ulong seed, byte which)
    {
        using var scope = NewDisposeScope();
        Certified.Holds(PlantedSpectrum.All[which % PlantedSpectrum.All.Count].Create(seed));
    }

    /// <summary>Rejects eigenvectors returned as columns, or in another order than the eigenvalues.</summary>
    [Property(MaxTest = 20)]
    public void EigenvectorsBelongToTheirEigenvalues(ulong seed, byte which)
    {
        using var scope = NewDisposeScope();
        var spectrum = PlantedSpectrum.All[which % PlantedSpectrum.All.Count];
        var vectors = spectrum.Eigenvectors(seed);
        var values = tensor(spectrum.Eigenvalues.ToArray());
        var scale = Math.Max(double.Epsilon, spectrum.Eigenvalues.Max(Math.Abs));
        var residual = spectrum.Operator(seed).Multiply(vectors) - values.unsqueeze(1) * vectors;
        Assert.True((residual / scale).abs().max().ToDouble() <= 60 * spectrum.Dimension * Tolerances.UnitRoundoff64);
    }

    /// <summary>Mutant: θ moved off θ*. The Hessian gains 2∇q∇qᵀ there and the gradient does not vanish.</summary>
    [Fact]
    public void CertificateRejectsAnotherPoint()
    {
        var model = ToyModelCatalog.Create("planted-spectrum/indefinite-rotated");
        var moved = model with { Model = model.Model with { Parameters = model.Model.Parameters + 0.01 } };
        Certified.Rejects(moved, "gradient");
        Certified.Rejects(moved, "Hessian at θ* is A");
    }

    /// <summary>Mutant: the loss without its offset of ½ has the Hessian 0 at θ*, whatever A is.</summary>
    [Fact]
    public void CertificateRejectsTargetsOfZero()
    {
        var model = ToyModelCatalog.Create("planted-spectrum/separated");
        var data = model.DataSets[0];
        Certified.Rejects(model with { DataSets = [new("all", data.Inputs, zeros_like(data.Targets))] }, "Hessian at θ* is A");
    }

    /// <summary>Mutant: one eigenvalue of a pair lost. A double must be found as a double.</summary>
    [Fact]
    public void CertificateRejectsAMissedMultiplicity()
    {
        var planted = PlantedSpectrum.All.Single(spectrum => spectrum.Id == "planted-spectrum/multiplicity-2-rotated");
        var single = planted with { Eigenvalues = [3, 2.5, .. planted.Eigenvalues.Skip(2)] };
        Certified.Rejects(single.Create(0) with { Certificate = planted.Create(0).Certificate }, "planted ones");
    }

    /// <summary>
    /// Rejects a diagonal matrix whose largest eigenvalue always sits first, and a "rotated" one that is diagonal.
    /// </summary>
    [Fact]
    public void SeedsHideTheBasis()
    {
        var (diagonal, rotated) = (Find("separated"), Find("separated-rotated"));
        var places = Enumerable.Range(0, 8).Select(seed => diagonal.Eigenvectors((ulong)seed)[0].argmax().ToInt64());
        Assert.True(places.Distinct().Count() > 4);
        var matrix = rotated.Matrix(0);
        Assert.True((matrix - matrix.diag().diag()).abs().max().ToDouble() > 1);
    }

    /// <summary>Rejects a spectrum that is not sorted descending, and two spectra of one name.</summary>
    [Fact]
    public void SpectraAreDescendingAndDistinct()
    {
        Assert.All(PlantedSpectrum.All, spectrum => Assert.Equal(spectrum.Eigenvalues.OrderDescending(), spectrum.Eigenvalues));
        Assert.Distinct(PlantedSpectrum.All.Select(spectrum => spectrum.Id));
        Assert.Equal(20, Find("multiplicity-20").Eigenvalues.Count(value => value == 3));
    }

    private static PlantedSpectrum Find(string name) => PlantedSpectrum.All.Single(spectrum => spectrum.Id == $"planted-spectrum/{name}");
}
