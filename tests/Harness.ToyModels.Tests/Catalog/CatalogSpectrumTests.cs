using Harness.Models;
using Harness.Numerics;
using Harness.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>
/// Eigenvalues, eigenvectors and their bounds on every model of the catalogue and every data set of it, against the Hessian by definition
/// (<see cref="TextbookHessian"/>) and a dense decomposition: nothing is shared with operators and solvers but the network.
/// </summary>
public class CatalogSpectrumTests : Scoped
{
    /// <summary>Largest number of parameters at which the whole Hessian is written out.</summary>
    private const long Largest = 2000;

    /// <summary>Of a larger model, so many parameters, evenly spread.</summary>
    private const int Spread = 40;

    /// <summary>Of a data set with more samples than this, the first <see cref="Part"/>.</summary>
    private const long Whole = 600;

    private const long Part = 120;

    /// <summary>
    /// The smallest by the dense solver only: on a flat or finely graded spectrum they lie below what products resolve, and the iteration says so instead of
    /// returning them.
    /// </summary>
    private static readonly (IEigensolver Solver, SpectrumEnd End)[] s_solves =
    [
        (new ThickRestartLanczos(), SpectrumEnd.Magnitude), (new ThickRestartLanczos(), SpectrumEnd.Largest),
        (new DenseEigensolver(), SpectrumEnd.Magnitude), (new DenseEigensolver(), SpectrumEnd.Smallest),
    ];

    public static TheoryData<string> Ids => [.. ToyModelCatalog.Entries.Select(entry => entry.Id)];

    /// <summary>Rejects any product, restriction, iteration or bound that is wrong on a model that people will use.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void CertifiedPairsAreThoseOfTheTextbook(string id)
    {
        var toy = ToyModelCatalog.Create(id);
        var (model, length) = (toy.Model, toy.Model.Network.Layout.Length);
        var isLarge = length > Largest;
        long[] entries = [.. Enumerable.Range(0, isLarge ? Spread : (int)length).Select(i => isLarge ? i * length / Spread : i)];
        foreach (var whole in toy.DataSets.Take(isLarge ? 1 : int.MaxValue))
        {
            using var scope = NewDisposeScope();
            var data = isLarge ? Head(whole, 12) : whole.Count <= Whole ? whole : Head(whole, Part);
            using var hessian = new LossLandscape(model.Network, model.Loss, data, new LandscapeOptions(50)).Hessian(model.Parameters);
            var op = isLarge ? new Restricted(hessian, new CoordinateSubspace(length, entries)) : (ISymmetricOperator)hessian;
            var truth = Truth(model, data, entries);
            foreach (var (solver, end) in s_solves)
            {
                var request = new EigenRequest(6, end) { ProofDimension = 200, HasValidity = false };
                var pairs = solver.Solve(op, request);
                var violation = EigenpairChecks.All(op, request, pairs, truth) ?? EigenpairChecks.Converged(op, pairs);
                Assert.True(violation is null, $"{data.Name}, {solver.GetType().Name}, {end}, {pairs.Flags}: {violation}");
                Assert.NotEqual(Completeness.Incomplete, pairs.Completeness);
            }
        }
    }

    private static KnownSpectrum Truth(Model model, DataSet data, long[] entries)
    {
        var (network, theta, loss) = (model.Network, model.Parameters, model.Loss);
        var matrix = TextbookHessian.Of(network, theta, data, loss.Kind, loss.WeightDecay, entries);
        var lost = TextbookHessian.Amplification(network, theta, data, loss.Kind);
        // eigh squares entries; those of a scaled spectrum would leave the range.
        var scale = matrix.abs().max().ToDouble() is var largest and > 0 ? largest : 1;
        var (values, columns) = linalg.eigh(matrix / scale);
        double[] numbers = [.. values.data<double>().ToArray().Select(value => value * scale)];
        var noise = Tolerances.SameProduct(Tolerances.AssumedNoise64) * lost + Tolerances.DenseEigenvalue(entries.Length);
        return new KnownSpectrum(numbers, columns.transpose(0, 1).contiguous(), noise * numbers.Max(Math.Abs));
    }

    /// <summary>The first samples: their Hessian is as good a Hessian as that of all.</summary>
    private static DataSet Head(DataSet data, long most)
    {
        var count = Math.Min(most, data.Count);
        return new(data.Name, data.Inputs.narrow(0, 0, count), data.Targets.narrow(0, 0, count), data.Weights?.narrow(0, 0, count));
    }

    /// <summary>The block of an operator on some coordinates.</summary>
    private sealed class Restricted(ISymmetricOperator inner, CoordinateSubspace axes) : ISymmetricOperator
    {
        public long Dimension => axes.Dimension;

        public Tensor Multiply(Tensor block) => axes.Coordinates(inner.Multiply(axes.Embed(block)));
    }
}
