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
    /// <summary>Eigenvectors of each set in the independence report.</summary>
    private const int Compared = 10;

    /// <summary>A sweep's k or q, as shares of the one asked for.</summary>
    private static readonly double[] s_shares = [0, 0.125, 0.25, 0.5, 1, 2];

    private readonly Model _model = subject.Model;

    private readonly LandscapeOptions _precision = new(DataType: request.DataType, Device: request.Device);

    private readonly SteeredNetwork _network = new(subject.Model, new LandscapeOptions(DataType: request.DataType, Device: request.Device));

    /// <summary>All of it; tensors belong to the caller's dispose scope.</summary>
    public SteerResult Execute()
    {
        var grader = new SteeringGrader(_network, _model.Parameters.shape[0], data.Seen, data.Test);
        List<SteerRow> rows = [];
        SteerRow Row(string name, ISteeringMethod method, bool isBaseline = false)
        {
            var watch = Stopwatch.StartNew();
            var answer = context.Watch(name, progress => method.Steer(data.Subject(_model), data.Task, Context(progress)));
            var seconds = watch.Elapsed.TotalSeconds;
            var grade = context.Watch($"steps along {name}", progress => grader.Grade(answer, progress, context.Cancellation));
            var row = new SteerRow(name, isBaseline, grade, isBaseline ? null : Validity(grade), seconds);
            rows.Add(row);
            return row;
        }

        var hessian = Row("hessian-steering", Steering(SteeringComplement.Hessian, request.Eigenvectors));
        var jacobian = Row("hessian-steering-jacobian", Steering(SteeringComplement.Jacobian, request.JacobianDirections));
        if (data.Known is null)
            Row("generalized-eigenvectors", new GeneralizedSteering(candidates: request.Directions, dataType: request.DataType));
        else if (!data.KnowsKept)
            Row("known-set-sphere", new KnownSetSphere(dataType: request.DataType));
        Row("top eigenvectors, unprojected", Steering(SteeringComplement.Hessian, 0, mixed: 0), isBaseline: true);
        Row("gradient ascent off the Jacobian", new ProjectedAscent(jacobian.Grade.Answer.Avoided), isBaseline: true);
        Row("random off the Hessian eigenvectors", new RandomSteering(hessian.Grade.Answer.Avoided, request.Directions), isBaseline: true);
        Row("random off the Jacobian", new RandomSteering(jacobian.Grade.Answer.Avoided, request.Directions), isBaseline: true);
        Row("random, unprojected", new RandomSteering(null, request.Directions), isBaseline: true);

        var (keep, ablate, mixed) = (Eigenvectors(data.Train.Keep), Eigenvectors(data.Train.Ablate), data.Train.Mixed is { } set ? Eigenvectors(set) : null);
        return new SteerResult(
            data, _network.Norm, rows, SubspaceIndependence.Between(keep, ablate),
            mixed is null ? null : ColourDiagram.Of(new DenseSubspace(keep), new DenseSubspace(ablate), mixed),
            context.Watch("curves", progress => Curves(grader, hessian.Grade.Answer, progress)),
            request.Sweep ? [Sweep(grader, SteeringComplement.Hessian, hessian.Grade.Answer), Sweep(grader, SteeringComplement.Jacobian, jacobian.Grade.Answer)] : []);
    }

    private HessianSteering Steering(SteeringComplement complement, int? avoided, int mixed = 6) => new(new HessianSteeringOptions
    {
        Complement = complement, Avoided = avoided, Candidates = request.Directions, Mixed = mixed, OffGradient = request.OffGradient, DataType = request.DataType,
    });

    private MethodContext Context(IProgress<double> progress) => new(request.Seed, request.Device, Timeout.InfiniteTimeSpan, progress, context.Cancellation);

    private Tensor Eigenvectors(DataSet set)
    {
        using var scope = NewDisposeScope();
        using var hessian = new LossLandscape(_model.Network, _model.Loss, set, _precision).Hessian(_model.Parameters);
        var count = (int)Math.Min(Compared, hessian.Dimension);
        return context.Watch($"eigenvectors of {set.Name}", progress =>
            new ThickRestartLanczos().Solve(hessian, new EigenRequest(count, Seed: request.Seed) { ProofDimension = 0 }, progress, context.Cancellation))
            .Vectors.MoveToOuterDisposeScope();
    }

    private ValidityRadius? Validity(SteeringGrade grade)
    {
        if (grade.Choice is not { } choice)
            return null;
        using var hessian = new LossLandscape(_model.Network, _model.Loss, data.Train.Ablate, _precision).Hessian(_model.Parameters);
        return DirectionValidity.Along(hessian, choice.Direction.Vector).Validity;
    }

    private List<SteeringCurve> Curves(SteeringGrader grader, SteeringAnswer answer, IProgress<double> progress)
    {
        List<SteeringCurve> curves = [];
        var single = answer.Directions.Take(request.Directions).Where(direction => direction.Name.StartsWith('v')).ToList();
        foreach (var direction in single)
            foreach (var sign in new[] { 1, -1 })
            {
                context.Cancellation.ThrowIfCancellationRequested();
                curves.Add(grader.Follow(direction, sign));
                progress.Report(curves.Count / (2.0 * single.Count));
            }
        return curves;
    }

    private SteerSweep Sweep(SteeringGrader grader, SteeringComplement complement, SteeringAnswer asked)
    {
        var most = complement == SteeringComplement.Jacobian ? HessianSteeringOptions.MostProbedSamples * HessianSteeringOptions.ProbesPerSample : int.MaxValue;
        var fitting = s_shares.Select(share => (int)Math.Min(Math.Round(share * asked.Avoided!.Dimension), most)).Where(count => count < _model.Parameters.shape[0]).Distinct().ToList();
        var method = Steering(complement, null);
        var name = method.Describe().Name;
        var answers = context.Watch($"{name} for several counts", progress => method.Sweep(data.Subject(_model), data.Task, fitting, Context(progress)));
        return new SteerSweep(name, fitting, context.Watch($"steps along {name} for several counts", progress => answers.Select((answer, i) =>
        {
            progress.Report((double)i / answers.Count);
            return grader.Grade(answer, cancellation: context.Cancellation);
        }).ToList()));
    }
}
