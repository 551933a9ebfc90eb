using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Whether the components add up to the network.</summary>
public static class SumFaithfulness
{
    /// <summary><c>‖θ* − Σ p_j‖²/‖θ*‖²</c> over the decomposed tensors, in the undisguised gauge: 0 is exact, 1 is what no component at all reaches.</summary>
    /// <remarks>grading.md, axis 5. A single component θ* is exact too: it says nothing alone.</remarks>
    public static AxisReading Read(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!answer.HasComponents)
            return AxisReading.Skip("the answer has directions only");
        using var scope = NewDisposeScope();
        var parameters = answer.Profile.Parameters * answer.Profile.DecomposedMask;
        var rest = answer.Subnetworks.Where(one => one.Component is not null)
            .Aggregate(parameters, (left, one) => left - one.Component! * answer.Profile.DecomposedMask);
        return rest.square().sum().ToDouble() / parameters.square().sum().ToDouble();
    }
}
