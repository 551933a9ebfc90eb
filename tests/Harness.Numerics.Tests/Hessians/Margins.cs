using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>One sample of two logits, <c>z = (−m/2, m/2)</c>, the first one right: positive is misclassified by m nats.</summary>
internal static class Margins
{
    /// <summary>The problem, and the curvature along one of its two weights: <c>σ(m)σ(−m)</c>.</summary>
    internal static (Network Network, DataSet Data, Tensor Parameters, double Curvature) Problem(double margin)
    {
        var network = new Network(new ParameterLayout([("w", [2, 1])]), [new LinearOperation { Inputs = ["x"], Output = "y", Weight = "w" }], "y");
        var data = new DataSet("all", ones(1, 1, ScalarType.Float64), tensor(new long[] { 0 }));
        var tail = Math.Exp(-Math.Abs(margin));
        return (network, data, tensor(new[] { -margin / 2, margin / 2 }), tail / ((1 + tail) * (1 + tail)));
    }

    /// <summary>By the weight of one class; that of the label is where <c>p − 1</c> cancels.</summary>
    internal static double Curvature(ISymmetricOperator hessian, int label = 1) => hessian.Multiply(eye(2, dtype: ScalarType.Float64))[label, label].ToDouble();
}
