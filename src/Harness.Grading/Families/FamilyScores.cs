using System.Collections.Concurrent;
using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Recovery of the uninformed families on a model in a disguise, computed once for each shape of answer. The families answer in the parameters that a
/// method sees, and are pulled back like a method; where the disguise cannot change what a family reaches, the undisguised scores are used.
/// </summary>
/// <remarks>
/// Random families are drawn <see cref="MostDraws"/> times; where that would cost more than <see cref="MostWork"/> multiplications, as often as that
/// allows but at least <see cref="LeastDraws"/> times. The scores of large random subspaces hardly vary. Haar subspaces of which not even one draw is
/// affordable (thousands of directions) are left out: random coordinates of the same dimensions have the same expected containment and coverage.
/// </remarks>
public sealed class FamilyScores
{
    /// <summary>Draws of a random family, where affordable.</summary>
    public const int MostDraws = 32;

    /// <summary>Draws of a random family, always.</summary>
    public const int LeastDraws = 4;

    /// <summary>Multiplications that all draws of a family may take together, roughly: a second or so.</summary>
    public const double MostWork = 1e10;

    /// <summary>Overhead of one subspace, in multiplications: a tenth of a millisecond or so.</summary>
    private const double SubspaceWork = 3e5;

    /// <summary>Multiplications for s directions of ℝᴾ, over s²·P: drawing and orthonormalising, and again where they are pulled back.</summary>
    private const double HaarWork = 4;

    private readonly TruthProfile _profile;
    private readonly ToyModel _model;
    private readonly FamilyScores? _undisguised;
    private readonly ConcurrentDictionary<string, IReadOnlyList<FamilyResult>> _byShape = new();

    /// <summary>Creates an empty cache.</summary>
    /// <param name="profile">The truth.</param>
    /// <param name="model">The model as methods see it.</param>
    /// <param name="undisguised">The scores of the undisguised model; null: this is it, or nothing is to be shared.</param>
    public FamilyScores(TruthProfile profile, ToyModel model, FamilyScores? undisguised = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(model);
        (_profile, _model, _undisguised) = (profile, model, undisguised);
    }

    /// <summary>The families that apply to this column, each with its draws. Deterministic.</summary>
    /// <param name="shape">Number and dimensions of the answer that they stand beside.</param>
    /// <param name="cancellation">Honoured between draws.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was measured until then is forgotten.</exception>
    public IReadOnlyList<FamilyResult> For(AnswerShape shape, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return _byShape.GetOrAdd(shape.Key, _ => Measure(shape, cancellation));
    }

    private IReadOnlyList<FamilyResult> Measure(AnswerShape shape, CancellationToken cancellation) =>
        [.. FamilyCatalog.All.Where(family => family.Column == shape.Column).Select(family => Measure(family, shape, cancellation)).OfType<FamilyResult>()];

    /// <summary>One family; null where it does not apply.</summary>
    internal FamilyResult? Measure(UninformedFamily family, AnswerShape shape, CancellationToken cancellation = default)
    {
        if (_undisguised is not null && _model.Disguise is { } disguise && family.IsInvariantUnder(disguise))
            return _undisguised.For(shape, cancellation).FirstOrDefault(result => result.Family == family.Name);
        var random = RandomSource.Named(_model.Seed, $"family/{family.Name}/{shape.Key}");
        var draws = family.IsRandom ? Draws(family, shape, _profile) : 1;
        var scores = Enumerable.Range(0, draws).Select(_ => BestOf(family, shape, random, cancellation)).OfType<double>().ToArray();
        return scores.Length > 0 ? new FamilyResult(family.Name, shape.Column, scores) : null;
    }

    private double? BestOf(UninformedFamily family, AnswerShape shape, RandomSource random, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var context = new FamilyContext(_model.Model.Network, _model.Model.Parameters, _model.DataSets[0].Inputs.narrow(0, 0, 1), Scales(), shape);
        var scores = family.Draw(context, random).Select(Score).ToArray();
        return scores.Length > 0 ? scores.Max() : null;
    }

    private double Score(IReadOnlyList<Subnetwork> answer)
    {
        using var scope = NewDisposeScope();
        var info = new MethodInfo("uninformed", "1", "An uninformed answer.", true);
        var decomposition = new Decomposition(info, answer, new Dictionary<string, string>());
        var pulledBack = Gauge.PullBack(decomposition, _model.Disguise).Subnetworks;
        return (answer.FirstOrDefault()?.Component is not null
            ? ComponentRecovery.Score(_profile, pulledBack)
            : DirectionRecovery.Score(_profile, pulledBack)).Value;
    }

    /// <summary>The Dice of t·θ* with c_i is largest at <c>t = ‖c_i‖/‖θ*‖</c>, with the sign of ⟨θ*, c_i⟩.</summary>
    private double[] Scales()
    {
        if (_profile.Components is not { } components)
            return [];
        using var scope = NewDisposeScope();
        var masked = _profile.Parameters * _profile.DecomposedMask;
        return (components.square().sum(1).sqrt() / masked.norm() * components.mv(masked).sign()).data<double>().ToArray();
    }

    /// <summary>As many draws as <see cref="MostWork"/> allows, within the limits; none of Haar subspaces that are too large for one.</summary>
    internal static int Draws(UninformedFamily family, AnswerShape shape, TruthProfile profile)
    {
        var affordable = MostWork / Math.Max(Work(family, shape, profile), 1);
        return family.IsHaar && affordable < 1 ? 0 : (int)Math.Clamp(affordable, LeastDraws, MostDraws);
    }

    /// <summary>Multiplications that one draw takes, roughly.</summary>
    private static double Work(UninformedFamily family, AnswerShape shape, TruthProfile profile)
    {
        double length = profile.Layout.Length;
        var work = shape.Count * (SubspaceWork + length * (shape.Column == RecoveryColumn.Components ? profile.Count : 1));
        if (!family.IsHaar)
            return work;
        var capture = profile.Sensitivities.Sum(one => one.ProductWork);
        return work + shape.Dimensions.Where(s => s < length).Sum(s => HaarWork * s * s * length + s * (length + capture));
    }
}
