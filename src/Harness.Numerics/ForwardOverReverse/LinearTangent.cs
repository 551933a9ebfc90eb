using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>A linear layer <c>y = x Wᵀ + b</c> with direction (V, c): <c>R{y} = R{x} Wᵀ + x Vᵀ + c</c>, and back.</summary>
/// <param name="plan">Its slots.</param>
/// <param name="input">x, <c>[N, in]</c>.</param>
/// <param name="weight">W, <c>[out, in]</c>.</param>
/// <param name="adjoint">The loss's derivative by y, <c>[N, out]</c>.</param>
internal sealed class LinearTangent(TangentPlan.Step plan, Tensor input, Tensor weight, Tensor adjoint) : TangentStep
{
    private readonly long _in = weight.shape[1];
    private readonly long _out = weight.shape[0];

    private string Input => plan.Operation.Inputs[0];

    internal override void Forward(TangentPass pass)
    {
        var (count, rows) = (pass.Count, pass.Length);
        var bias = plan.Bias < 0 ? null : pass.Direction(plan.Bias).reshape(count * _out);
        var result = nn.functional.linear(pass.Stretch(input), Direction(pass).reshape(count * _out, _in), bias).view(rows * count, _out);
        if (pass.Tangents.TryGetValue(Input, out var tangent))
            result = result.addmm(tangent.reshape(rows * count, _in), weight.transpose(0, 1), 1, 1);
        pass.Tangents[plan.Operation.Output] = result.view(rows, count, _out);
    }

    internal override void Backward(TangentPass pass)
    {
        if (pass.Adjoint(plan.Operation.Output) is not { } change)
            return;
        var (count, rows) = (pass.Count, pass.Length);
        if (plan.Bias >= 0)
            pass.AddProduct(plan.Bias, change.sum(0L));
        AddWeight(pass, change.reshape(rows, count * _out).transpose(0, 1).matmul(pass.Stretch(input)).view(count, _out, _in));
        if (!pass.Tangents.TryGetValue(Input, out var tangent))
            return;
        var here = pass.Stretch(adjoint);
        AddWeight(pass, here.transpose(0, 1).matmul(tangent.reshape(rows, count * _in)).view(_out, count, _in).transpose(0, 1));
        var back = here.matmul(Direction(pass).transpose(0, 1).reshape(_out, count * _in)).view(rows * count, _in);
        pass.AddAdjoint(Input, back.addmm(change.reshape(rows * count, _out), weight, 1, 1).view(rows, count, _in));
    }

    public override void Dispose()
    {
        input.Dispose();
        weight.Dispose();
        adjoint.Dispose();
    }

    /// <summary>V, <c>[k, out, in]</c>.</summary>
    private Tensor Direction(TangentPass pass) => plan.IsTransposed ? pass.Direction(plan.Weight).transpose(1, 2) : pass.Direction(plan.Weight);

    private void AddWeight(TangentPass pass, Tensor share) => pass.AddProduct(plan.Weight, plan.IsTransposed ? share.transpose(1, 2) : share);
}
