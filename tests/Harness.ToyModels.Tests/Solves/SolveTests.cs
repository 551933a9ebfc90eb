using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>What solves on the reference problems cost in products, and what they return. Counts do not depend on the machine's speed.</summary>
public class SolveTests(ITestOutputHelper output) : Scoped
{
    /// <summary>
    /// Measured: 76 and 124, the first probes of the noise included; a Krylov space without any restart needs 71 and 118 on this spectrum. Kills: convergence
    /// looked at too seldom, a restart that throws away what converged, a noise floor below the products' own noise.
    /// </summary>
    [Theory]
    [InlineData(10, 80)]
    [InlineData(50, 140)]
    public void The_reference_MLP_is_solved_within_its_budget_of_products(int top, long most)
    {
        using var hessian = Hessian("modular-addition-mlp", ScalarType.Float64);
        var pairs = new ThickRestartLanczos().Solve(hessian, new EigenRequest(top) { HasValidity = false });
        Assert.InRange(pairs.Split.Iteration, 1, most);
        Assert.Equal(Completeness.Probable, pairs.Completeness);
        Assert.True(pairs.Converged && pairs.Flags == EigenFlags.None, $"{pairs.Flags}");
        Assert.InRange(pairs.Residuals.Max(), 0, Tolerances.ReferenceResidual * pairs.Values[0]);
        Assert.Equal(top + 2, pairs.Split.Certificate);
        Assert.Equal(pairs.Products, pairs.Split.WithoutProof);
    }

    /// <summary>
    /// A convolutional network in float32 against its float64 eigenvalues, on some of its images; the 80,202-parameter one with k = 50, the reference
    /// problem, takes minutes and is done on demand. Kills: a Rayleigh–Ritz step in working precision, an iteration that float32 noise prolongs.
    /// </summary>
    [Theory]
    [InlineData("digit-pattern-cnn", 60, 10, 60)]
    public void Float32_products_of_a_convolutional_network_give_float64_eigenvalues(string id, long images, int top, long most) =>
        AgreesWithFloat64(id, images, top, most);

    /// <inheritdoc cref="Float32_products_of_a_convolutional_network_give_float64_eigenvalues"/>
    [OnDemandTheory]
    [InlineData("digit-pattern-cnn-80k", 500, 50, 330)]
    public void Float32_products_of_the_reference_CNN_give_float64_eigenvalues(string id, long images, int top, long most) =>
        AgreesWithFloat64(id, images, top, most);

    private void AgreesWithFloat64(string id, long images, int top, long most)
    {
        using var hessian = Hessian(id, ScalarType.Float32, images);
        var pairs = new ThickRestartLanczos().Solve(hessian, new EigenRequest(top) { HasValidity = false });
        // Another seed: the two share neither precision nor start vector.
        var exact = new ThickRestartLanczos().Solve(hessian.Reference, new EigenRequest(top, Seed: 1) { HasValidity = false });
        double[] errors = [.. pairs.Values.Zip(exact.Values, (left, right) => Math.Abs(left - right) / exact.Values[0])];
        output.WriteLine($"{id}, {images} images, top {top}: float32 {pairs.Split.Iteration} + {pairs.Split.Sweeps} + {pairs.Split.Certificate} products, "
            + $"{pairs.Completeness}, {pairs.Flags}; float64 {exact.Split.Iteration} + {exact.Split.Sweeps} + {exact.Split.Certificate}, {exact.Completeness}, "
            + $"{exact.Flags}; η = {pairs.Noise:0.0E+0}, largest eigenvalue error / λ₁ {errors.Max():0.0E+0}");
        for (var i = 0; i < top; i++)
            output.WriteLine($"{i + 1,3}  float32 {pairs.Values[i],-18:G12} float64 {exact.Values[i],-18:G12} error/λ₁ {errors[i]:0.0E+0}  residual/λ₁ {pairs.Residuals[i] / exact.Values[0]:0.0E+0}");
        Assert.True(pairs.Converged && exact.Converged && pairs.Completeness == Completeness.Probable, $"{pairs.Flags}, {exact.Flags}");
        Assert.Equal(Completeness.Probable, exact.Completeness);
        Assert.All(errors, error => Assert.InRange(error, 0, Tolerances.ReferenceEigenvalue32));
        // Working precision for the iteration, k + 2 products in float64 and k + 1 to measure the noise.
        Assert.Equal(2 * top + 3, pairs.Split.Certificate);
        Assert.InRange(pairs.Split.Iteration, 1, most);
    }

    /// <summary>
    /// The eigenvalues of the closed form are doubles, so every odd k cuts one; no proof helps. Kills: a missed copy at any k, a sweep that gives up before
    /// it has settled (k = 20 needs it).
    /// </summary>
    [Fact]
    public void Closed_form_modular_addition_is_complete_for_every_count()
    {
        using var hessian = Hessian("modular-addition", ScalarType.Float64);
        IsComplete(hessian, 1, 60, Completeness.Probable);
    }

    /// <inheritdoc cref="Closed_form_modular_addition_is_complete_for_every_count"/>
    /// <remarks>
    /// All the rest: 396 eigenvalues are not zero. On the matrix written out, where a product is cheap, and as asked by default, which proves the count: sweeps
    /// alone miss one here and there (at k = 98 with this seed, a copy 1 % beyond the edge).
    /// </remarks>
    [OnDemandTheory]
    [InlineData(61, 150)]
    [InlineData(151, 230)]
    [InlineData(231, 300)]
    [InlineData(301, 350)]
    [InlineData(351, 396)]
    public void Closed_form_modular_addition_is_complete_for_every_further_count(int first, int last)
    {
        using var hessian = Hessian("modular-addition", ScalarType.Float64);
        var matrix = hessian.Multiply(eye(hessian.Dimension, hessian.Dimension, ScalarType.Float64));
        IsComplete(new DenseOperator((matrix + matrix.t()) / 2), first, last, Completeness.Proved);
    }

    private static void IsComplete(ISymmetricOperator hessian, int first, int last, Completeness completeness)
    {
        var all = new DenseEigensolver().Solve(hessian, new EigenRequest(last + 2) { HasValidity = false });
        var limit = Tolerances.DenseEigenvalue(hessian.Dimension) * all.Norm;
        for (var top = first; top <= last; top++)
        {
            using var scope = NewDisposeScope();
            var pairs = new ThickRestartLanczos().Solve(hessian, new EigenRequest(top, Seed: (ulong)top)
            {
                HasValidity = false, ProofDimension = completeness == Completeness.Proved ? hessian.Dimension : 0,
            });
            Assert.True(pairs.Completeness == completeness && pairs.Converged, $"k = {top}: {pairs.Completeness}, {pairs.Flags}");
            for (var i = 0; i < top; i++)
                Assert.True(Math.Abs(pairs.Values[i] - all.Values[i]) <= pairs.ValueBounds[i] + limit, $"k = {top}: value {i + 1} is {pairs.Values[i]:g12}, not {all.Values[i]:g12}");
        }
    }

    private static HessianOperator Hessian(string id, ScalarType dtype, long samples = long.MaxValue)
    {
        var model = ToyModelCatalog.Create(id);
        var all = model.DataSets[0];
        var taken = Math.Min(samples, all.Count);
        var data = new DataSet(all.Name, all.Inputs.narrow(0, 0, taken), all.Targets.narrow(0, 0, taken));
        return new LossLandscape(model.Model.Network, model.Model.Loss, data, new LandscapeOptions { DataType = dtype }).Hessian(model.Model.Parameters);
    }
}
