using System.Diagnostics;
using Harness.Decompositions;
using Harness.Grading;
using Harness.Methods;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>Runs the steering methods and their baselines on one task, and grades them.</summary>
/// <param name="subject">The model with all its data sets.</param>
/// <param name="data">The task.</param>
/// <param name="request">Options.</param>
/// <param name="context">Progress and cancellation.</param>
internal sealed class SteerRun(Subject subject, SteerData data, SteerRequest request, CommandContext context)
{
    /// <summary>Images of a forward pass: more of them do not fit into the cache of a core.</summary>
    private const int Batch = 250;

    /// <summary>Held-out samples on which every single direction is followed; the chosen one of each method is on all of them.</summary>
    private const int FollowedSamples = 250;

    /// <summary>Training samples by which a validity radius is measured, which is known to a factor only.</summary>
    private const int ValiditySamples = 50;

    /// <summary>Candidates of a sweep's answers, of which there are many.</summary>
    private const int SweptCandidates = 6;

    /// <summary>Eigenvectors of each set in the independence report.</summary>
    private const int Compared = 10;

    /// <summary>A sweep's k or q, as shares of the one asked for.</summary>
    private static readonly double[] s_shares = [0, 0.125, 0.25, 0.5, 1, 2];

    private readonly Model _model = subject.Model;

    /// <summary>Scores are counts, and losses to six digits: float32 gives both at half the price, whatever the directions were computed in.</summary>
    private readonly SteeredNetwork _network = new(subject.Model, new LandscapeOptions(Batch, ScalarType.Float32, request.Device));

    /// <summary>Wall time by what it went into.</summary>
    private readonly Dictionary<string, double> _seconds = [];

    /// <summary>All of it; tensors belong to the caller's dispose scope.</summary>
    public SteerResult Execute()
    {
        using var cache = new EigenspaceCache();
        return Execute(cache);
    }

    private SteerResult Execute(EigenspaceCache cache)
    {
        Solve(cache);
        var grader = new SteeringGrader(_network, _model.Parameters.shape[0], data.Seen, data.Test);
        List<SteerRow> rows = [];
        SteerRow Row(string name, ISteeringMethod method, bool isBaseline = false)
        {
            var watch = Stopwatch.StartNew();
            var answer = Timed("directions", name, progress => method.Steer(data.Subject(_model), data.Task, Context(progress)));
            var seconds = watch.Elapsed.TotalSeconds;
            var grade = Timed("choice and scores", $"steps along {name}", progress => grader.Grade(answer, progress, context.Cancellation));
            var validity = isBaseline || grade.Choice is not { } choice ? null : Timed("validity radii", $"validity of {name}", _ => Validity(choice.Direction));
            var row = new SteerRow(name, isBaseline, grade, validity, seconds);
            rows.Add(row);
            return row;
        }

        var hessian = Row("hessian-steering", Steering(cache, SteeringComplement.Hessian, request.Eigenvectors));
        var jacobian = Row("hessian-steering-jacobian", Steering(cache, SteeringComplement.Jacobian, JacobianDirections));
        Row("gradient-steering", new GradientSteering(jacobian.Grade.Answer.Avoided, request.Directions, dataType: request.DataType));
        if (data.Known is null)
            Row("generalized-eigenvectors", new GeneralizedSteering(candidates: request.Directions, dataType: request.DataType, cache: cache));
        else if (!data.KnowsKept)
            Row("known-set-sphere", new KnownSetSphere(dataType: request.DataType, cache: cache));
        Row("top eigenvectors, unprojected", Steering(cache, SteeringComplement.Hessian, 0, mixed: 0), isBaseline: true);
        Row("gradient ascent off the Jacobian", new ProjectedAscent(jacobian.Grade.Answer.Avoided, request.DataType), isBaseline: true);
        Row("random off the Hessian eigenvectors", new RandomSteering(hessian.Grade.Answer.Avoided, request.Directions), isBaseline: true);
        Row("random off the Jacobian", new RandomSteering(jacobian.Grade.Answer.Avoided, request.Directions), isBaseline: true);
        Row("random, unprojected", new RandomSteering(null, request.Directions), isBaseline: true);

        var (keep, ablate, mixed) = (Eigenvectors(cache, data.Train.Keep), Eigenvectors(cache, data.Train.Ablate), data.Train.Mixed is { } set ? Eigenvectors(cache, set) : null);
        return new SteerResult(
            data, _network.Norm, rows, SubspaceIndependence.Between(keep, ablate),
            mixed is null ? null : ColourDiagram.Of(new DenseSubspace(keep), new DenseSubspace(ablate), mixed),
            Timed("single directions", "curves", progress => Follow(hessian.Grade.Answer, progress)),
            request.Sweep ? [Sweep(cache, grader, SteeringComplement.Hessian, hessian.Grade.Answer), Sweep(cache, grader, SteeringComplement.Jacobian, jacobian.Grade.Answer)] : [],
            _seconds);
    }

    /// <summary>Where one pure set is not known the mixture stands for it, which also holds much of the known one: more of that must be avoided.</summary>
    private int? JacobianDirections => request.JacobianDirections
        ?? (data.Known is null ? null : (int)Math.Min(HessianSteeringOptions.MostJacobianDirections, HessianSteeringOptions.SemiSupervisedJacobianShare * _model.Parameters.shape[0]));

    private T Timed<T>(string phase, string title, Func<IProgress<double>, T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = context.Watch(title, work);
        _seconds[phase] = _seconds.GetValueOrDefault(phase) + watch.Elapsed.TotalSeconds;
        return result;
    }

    private HessianSteering Steering(EigenspaceCache cache, SteeringComplement complement, int? avoided, int? candidates = null, int mixed = 6) => new(
        new HessianSteeringOptions
        {
            Complement = complement, Avoided = avoided, Candidates = Math.Min(candidates ?? int.MaxValue, request.Directions), Mixed = mixed, OffGradient = request.OffGradient, DataType = request.DataType,
        },
        cache);

    private MethodContext Context(IProgress<double> progress) => new(request.Seed, request.Device, Timeout.InfiniteTimeSpan, progress, context.Cancellation);

    /// <summary>The largest solves first: whoever asks for fewer eigenvectors of the same set has them.</summary>
    private void Solve(EigenspaceCache cache)
    {
        var kept = (request.Eigenvectors ?? HessianSteeringOptions.DefaultEigenvectors) * (request.Sweep ? (int)s_shares[^1] : 1);
        foreach (var (set, count) in new[] { (data.Task.Keep, kept), (data.Task.Ablate, request.Directions) })
            if (count > 0)
                Eigenvectors(cache, data.Seen.Keep.Name == set ? data.Seen.Keep : data.Seen.Ablate, count).Dispose();
    }

    private Tensor Eigenvectors(EigenspaceCache cache, DataSet set, int count = Compared) => Timed(
        "eigenvectors", $"eigenvectors of {set.Name}",
        progress => Steering(cache, SteeringComplement.Hessian, null)
            .Eigenvectors(new Subject(_model, [set]), set.Name, (int)Math.Min(count, _model.Parameters.shape[0]), Context(progress)));

    private ValidityRadius? Validity(SteeringDirection direction)
    {
        using var scope = NewDisposeScope();
        var options = new LandscapeOptions(DataType: request.DataType, Device: request.Device);
        using var hessian = new LossLandscape(_model.Network, _model.Loss, First(data.Train.Ablate, ValiditySamples), options).Hessian(_model.Parameters);
        return DirectionValidity.Along(hessian, direction.Vector).Validity;
    }

    private List<SteeredDirection> Follow(SteeringAnswer answer, IProgress<double> progress)
    {
        using var scope = NewDisposeScope();
        SteeringSets few = new(
            First(data.Test.Keep, FollowedSamples), First(data.Test.Ablate, FollowedSamples), data.Test.Mixed is { } mixed ? First(mixed, FollowedSamples) : null);
        var grader = new SteeringGrader(_network, _model.Parameters.shape[0], data.Seen, few);
        List<SteeredDirection> followed = [];
        var single = answer.Directions.Take(request.Directions).Where(direction => direction.Name.StartsWith('v')).ToList();
        foreach (var direction in single)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            followed.Add(new(grader.Follow(direction, 1, stride: 2), grader.Follow(direction, -1, stride: 2), Validity(direction)));
            progress.Report((double)followed.Count / single.Count);
        }
        return followed;
    }

    private static DataSet First(DataSet set, int most)
    {
        var count = Math.Min(set.Count, most);
        return new DataSet(set.Name, set.Inputs.narrow(0, 0, count), set.Targets.narrow(0, 0, count), set.Weights?.narrow(0, 0, count));
    }

    private SteerSweep Sweep(EigenspaceCache cache, SteeringGrader grader, SteeringComplement complement, SteeringAnswer asked)
    {
        var fitting = s_shares.Select(share => (int)Math.Round(share * asked.Avoided!.Dimension)).Where(count => count < _model.Parameters.shape[0]).Distinct().ToList();
        var method = Steering(cache, complement, null, SweptCandidates, mixed: 0);
        var name = method.Describe().Name;
        var answers = Timed("sweeps", $"{name} for several counts", progress => method.Sweep(data.Subject(_model), data.Task, fitting, Context(progress)));
        return new SteerSweep(name, fitting, Timed("sweeps", $"steps along {name} for several counts", progress => answers.Select((answer, i) =>
        {
            progress.Report((double)i / answers.Count);
            return grader.Grade(answer, cancellation: context.Cancellation);
        }).ToList()));
    }
}
