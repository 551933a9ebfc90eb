using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Harness.Decompositions;
using Harness.Models;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Reads all axes of answers on one model in one disguise, next to what the oracle and the nulls reach on it, which are computed at most once.
/// </summary>
internal sealed class AxisDesk
{
    /// <summary>What no disguise can change is read once for all disguises of a model.</summary>
    private static readonly ConditionalWeakTable<TruthProfile, ConcurrentDictionary<string, IReadOnlyDictionary<string, AxisReading>>> s_carried = [];

    private readonly TruthProfile _profile;
    private readonly ToyModel _model;
    private IReadOnlyDictionary<string, AxisReading>? _oracle;
    private IReadOnlyList<IReadOnlyDictionary<string, AxisReading>>? _nulls;
    private IReadOnlyDictionary<string, AxisReading>? _alwaysOn;

    internal AxisDesk(TruthProfile profile, ToyModel model) => (_profile, _model) = (profile, model);

    /// <summary>The oracle that claims everything there is: subspaces, components, activity.</summary>
    private const string Oracle = "oracle-active";

    /// <summary>Nulls that stand beside the axes: cheap ones, with components.</summary>
    private static readonly string[] Nulls = ["theta-star", "theta-star-repeated", "per-tensor"];

    /// <summary>Those that are carried along by every disguise, so that the pull-back gives what they answer to the undisguised model.</summary>
    private static readonly string[] Carried = [Oracle, "theta-star", "theta-star-repeated"];

    /// <summary>One value for each axis of an answer, with what the oracle and the best null have there.</summary>
    internal IEnumerable<CheckValue> Values(IReadOnlyList<Subnetwork> answer, IReadOnlyList<ColumnGrade> columns) => Values(Readings(answer, columns));

    /// <summary>One value for each axis, with what the oracle and the best null have there.</summary>
    /// <param name="readings">Of the answer.</param>
    /// <param name="cancellation">Honoured between axes.</param>
    internal IEnumerable<CheckValue> Values(IReadOnlyDictionary<string, AxisReading> readings, CancellationToken cancellation = default)
    {
        _oracle ??= ReadingsOf(MiniatureCatalog.Get(Oracle), cancellation);
        _nulls ??= [.. Nulls.Select(MiniatureCatalog.Get).Where(one => one.AppliesTo(_model)).Select(one => ReadingsOf(one, cancellation))];
        foreach (var axis in AxisCatalog.All)
        {
            var reading = readings[axis.Check];
            var value = new CheckValue(axis.Check) { Value = reading.Value, Reason = reading.Skipped, Direction = axis.Direction };
            yield return reading.Value is not null
                ? value with { Oracle = _oracle[axis.Check].Value, Null = Best(axis, _nulls) ?? AlwaysOn(axis, cancellation) }
                : value;
        }
    }

    private static double? Best(Axis axis, IReadOnlyList<IReadOnlyDictionary<string, AxisReading>> nulls)
    {
        var values = nulls.Select(readings => readings[axis.Check].Value).OfType<double>().ToList();
        return values.Count == 0 ? null : axis.Direction == CheckDirection.Higher ? values.Max() : values.Min();
    }

    /// <summary>Where an axis asks for a claim of activity, which none of the nulls makes: {θ*}, claimed to be active on every input.</summary>
    private double? AlwaysOn(Axis axis, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        _alwaysOn ??= Readings(
            [
                new Subnetwork("θ*", component: _profile.Parameters * _profile.DecomposedMask)
                {
                    Activity = _model.DataSets.ToDictionary(set => set.Name, set => Enumerable.Repeat(1.0, (int)set.Count).ToArray()),
                },
            ],
            [], cancellation);
        return _alwaysOn[axis.Check].Value;
    }

    private IReadOnlyDictionary<string, AxisReading> ReadingsOf(Miniature miniature, CancellationToken cancellation)
    {
        if (!Carried.Contains(miniature.Name))
            return ReadingsOf(miniature, _model, cancellation);
        var undisguised = _model with { Model = new Model(_profile.Network, _profile.Parameters, _model.Model.Loss), Disguise = null };
        return s_carried.GetValue(_profile, _ => []).GetOrAdd(miniature.Name, _ => ReadingsOf(miniature, undisguised, cancellation));
    }

    private IReadOnlyDictionary<string, AxisReading> ReadingsOf(Miniature miniature, ToyModel model, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var answer = new MiniatureMethod(miniature, model, _profile).Decompose(model.ToSubject(), MethodContext.Default(0));
        return Readings(Gauge.PullBack(answer, model.Disguise).Subnetworks, RecoveryGrader.Grade(_profile, model, answer), cancellation);
    }

    /// <summary>Every axis of an answer, by its check.</summary>
    /// <param name="subnetworks">Pulled back by <see cref="Gauge"/>.</param>
    /// <param name="columns">Its recovery.</param>
    /// <param name="cancellation">Honoured between axes.</param>
    internal IReadOnlyDictionary<string, AxisReading> Readings(
        IReadOnlyList<Subnetwork> subnetworks, IReadOnlyList<ColumnGrade> columns, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var matches = columns.OrderByDescending(column => column.Column == RecoveryColumn.Components).Select(column => column.Score).OfType<RecoveryScore>()
            .FirstOrDefault()?.Matches ?? [];
        var answer = new GradedAnswer(_profile, new Model(_profile.Network, _profile.Parameters, _model.Model.Loss), _model.DataSets, subnetworks, matches)
        {
            Cancellation = cancellation,
        };
        return AxisCatalog.All.ToDictionary(axis => axis.Check, axis =>
        {
            cancellation.ThrowIfCancellationRequested();
            return axis.Read(answer);
        });
    }
}
