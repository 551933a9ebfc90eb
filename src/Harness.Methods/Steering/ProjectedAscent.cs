using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// A baseline for steering (methods.md M2): gradient ascent on the set to ablate, off a subspace. Steps of equal length along the projected gradient; the
/// directions point at where it is after 1, 3, 10 and 30 of them.
/// </summary>
/// <param name="avoided">The subspace; null: nothing is avoided.</param>
/// <param name="dataType">Precision of gradients. Projections are float64.</param>
public sealed class ProjectedAscent(Subspace? avoided, ScalarType dataType = ScalarType.Float64) : ISteeringMethod
{
    private static readonly int[] s_reports = [1, 3, 10, 30];

    /// <summary>Length of a step, as a share of ‖θ*‖: thirty of them reach as far as steering usually goes.</summary>
    private const double Step = 0.01;

    /// <inheritdoc/>
    public MethodInfo Describe() => new("projected-ascent", "1", "Gradient ascent on the set to ablate, off what is avoided.", IsStochastic: false);

    /// <inheritdoc/>
    public SteeringAnswer Steer(Subject subject, SteeringTask task, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var origin = subject.Model.Parameters.detach();
        var landscape = new LossLandscape(subject.Model.Network, subject.Model.Loss, subject.Data(task.Ablate), new LandscapeOptions(DataType: dataType, Device: context.Device));
        var nowhere = avoided ?? new DenseSubspace(zeros([0, origin.shape[0]], dtype: ScalarType.Float64));
        var (displacement, step) = (zeros_like(origin), Step * origin.norm().ToDouble());
        List<SteeringDirection> directions = [];
        for (var i = 1; i <= s_reports[^1]; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var uphill = nowhere.ProjectOff(landscape.Gradient(origin + displacement).unsqueeze(0))[0];
            var length = uphill.norm().ToDouble();
            if (!(length > 0))
                break;
            displacement += uphill * (step / length);
            if (s_reports.Contains(i))
                directions.AddRange(ProjectedDirections.Of(nowhere, (displacement / displacement.norm()).unsqueeze(0), _ => $"step{i}").Directions);
            context.Progress?.Report((double)i / s_reports[^1]);
        }
        return new SteeringAnswer(Describe(), null, directions, directions.Count == 0 ? [$"the gradient on {task.Ablate} vanishes off what is avoided"] : [])
            .MoveToOuterDisposeScope() with { Avoided = avoided };
    }
}
