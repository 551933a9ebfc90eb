using System.Collections.Concurrent;
using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Recovery of the uninformed families on one model, computed once for each shape of answer. A permutation with scales maps every family onto itself
/// (coordinate sets to coordinate sets, θ* to θ*, tensors to themselves), so under such a disguise the undisguised scores are used; under any other the
/// families answer in the gauge that a method sees, and are pulled back like a method.
/// </summary>
/// <remarks>
/// Random families are drawn <see cref="MostDraws"/> times; where that would cost more than <see cref="MostWork"/> multiplications, as often as that
/// allows but at least <see cref="LeastDraws"/> times. The scores of large random subspaces hardly vary.
/// </remarks>
public sealed class FamilyScores
{
    /// <summary>Draws of a random family, where affordable.</summary>
    public const int MostDraws = 32;

    /// <summary>Draws of a random family, always.</summary>
    public const int LeastDraws = 4;

    /// <summary>Multiplications that all draws of a family may take together, roughly.</summary>
    public const double MostWork = 1e11;

    /// <summary>Overhead of comparing one pair of subspaces, in multiplications.</summary>
    private const double PairWork = 2e5;

    private readonly TruthProfile _profile;
    private readonly ToyModel _model;
    private readonly bool _undisguised;
    private readonly ConcurrentDictionary<string, IReadOnlyList<FamilyResult>> _byShape = new();

    /// <summary>Creates an empty cache.</summary>
    public FamilyScores(TruthProfile profile, ToyModel model)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(model);
        (_profile, _model) = (profile, model);
        _undisguised = model.Disguise is null or MonomialMap or IdentityMap;
    }

    /// <summary>The families that apply to this column, each with its draws. Deterministic.</summary>
    public IReadOnlyList<FamilyResult> For(AnswerShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return _byShape.GetOrAdd(shape.Key, _ => Measure(shape));
    }

    private IReadOnlyList<FamilyResult> Measure(AnswerShape shape)
    {
        var results = new List<FamilyResult>();
        foreach (var family in FamilyCatalog.All.Where(family => family.Column == shape.Column))
        {
            var random = RandomSource.Named(_model.Seed, $"family/{family.Name}/{shape.Key}");
            var scores = Enumerable.Range(0, family.IsRandom ? Draws(family, shape) : 1).Select(_ => BestOf(family, shape, random)).OfType<double>().ToArray();
            if (scores.Length > 0)
                results.Add(new FamilyResult(family.Name, shape.Column, scores));
        }
        return results;
    }

    private double? BestOf(UninformedFamily family, AnswerShape shape, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var parameters = _undisguised ? _profile.Parameters : _model.Model.Parameters;
        var context = new FamilyContext(_model.Model.Network, parameters, _model.DataSets[0].Inputs.narrow(0, 0, 1), Scales(), shape);
        var scores = family.Draw(context, random).Select(Score).ToArray();
        return scores.Length > 0 ? scores.Max() : null;
    }

    private double Score(IReadOnlyList<Subnetwork> answer)
    {
        using var scope = NewDisposeScope();
        var info = new MethodInfo("uninformed", "1", "An uninformed answer.", true);
        var decomposition = new Decomposition(info, answer, new Dictionary<string, string>());
        var pulledBack = _undisguised ? answer : Gauge.PullBack(decomposition, _model.Disguise).Subnetworks;
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

    private int Draws(UninformedFamily family, AnswerShape shape)
    {
        double length = _profile.Layout.Length;
        var work = shape.Count * (length + PairWork) * _profile.Count;
        if (family.IsOrthonormalised)
            work += shape.Dimensions.Sum(s => 4.0 * s * s * length);
        return (int)Math.Clamp(MostWork / Math.Max(work, 1), LeastDraws, MostDraws);
    }
}
