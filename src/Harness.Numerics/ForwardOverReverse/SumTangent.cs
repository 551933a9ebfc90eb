using Harness.Models;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>A sum of values of equal shape, of which any may be independent of the parameters.</summary>
internal sealed class SumTangent(Operation operation) : TangentStep
{
    internal override void Forward(TangentPass pass)
    {
        Tensor[] tangents = [.. operation.Inputs.Where(pass.Tangents.ContainsKey).Select(name => pass.Tangents[name])];
        pass.Tangents[operation.Output] = tangents.Aggregate((left, right) => left + right);
    }

    internal override void Backward(TangentPass pass)
    {
        if (pass.Adjoint(operation.Output) is not { } change)
            return;
        foreach (var name in operation.Inputs.Where(pass.Tangents.ContainsKey))
            pass.AddAdjoint(name, change.clone());
    }

    public override void Dispose()
    {
    }
}
