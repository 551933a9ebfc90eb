using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// <c>G = mean over samples of J(x)ᵀJ(x)</c>, J = ∂outputs/∂θ at θ*: the second moment of the rows of all per-sample output
/// Jacobians. Weighted within a data set, averaged over data sets. Two products with the Jacobian per product; G is never formed.
/// </summary>
internal sealed class OutputGramOperator : ISymmetricOperator, IDisposable
{
    private readonly List<(OutputJacobian Jacobian, Tensor Weights)> _sets = [];

    internal OutputGramOperator(Subject subject, string device)
    {
        var model = subject.Model;
        Dimension = model.Network.Layout.Length;
        foreach (var data in subject.DataSets)
        {
            using var scope = NewDisposeScope();
            var weights = data.Weights ?? ones([data.Count], dtype: float64);
            var shares = weights / weights.sum() / subject.DataSets.Count;
            var landscape = new LossLandscape(model.Network, model.Loss, data, new LandscapeOptions { Device = device });
            _sets.Add((landscape.Jacobian(model.Parameters), shares.reshape(1, -1, 1).DetachFromDisposeScope()));
        }
    }

    public long Dimension { get; }

    public Tensor Multiply(Tensor block)
    {
        using var scope = NewDisposeScope();
        var sum = zeros_like(block);
        foreach (var (jacobian, shares) in _sets)
            sum += jacobian.MultiplyTranspose(jacobian.Multiply(block) * shares);
        return sum.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var (jacobian, shares) in _sets)
        {
            jacobian.Dispose();
            shares.Dispose();
        }
    }
}
