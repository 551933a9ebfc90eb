using System.Globalization;

namespace Harness.Grading;

/// <summary>What to grade: every combination of models, seeds, disguises (where admissible), methods (where applicable) and method seeds.</summary>
public sealed record GradePlan
{
    /// <summary>Ids of the toy models, in order.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Seeds of the plants. Default: 0.</summary>
    public IReadOnlyList<ulong> ModelSeeds { get; init; } = [0];

    /// <summary>Disguises. Default: none.</summary>
    public IReadOnlyList<CaseDisguise> Disguises { get; init; } = [CaseDisguise.None];

    /// <summary>Methods, in order.</summary>
    public required IReadOnlyList<GradedMethod> Methods { get; init; }

    /// <summary>Seeds of the methods. Default: 0. Oracles, controls and nulls run at the first one only, baselines at each.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [0];

    /// <summary>Bars that are not the usual ones. Default: none. One that a null clears is refused before anything runs.</summary>
    public IReadOnlyList<SuiteBar> Bars { get; init; } = [];

    /// <summary>Whether methods are also asked equivalent questions, see <see cref="EquivarianceRules"/>: about ten more runs on each model. Default: no.</summary>
    public bool Equivariance { get; init; }

    /// <summary>Torch device of the methods. Default: <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Wall time that a method may take for a case: it is told to stop there, and an answer that comes later counts as none. Default: none.</summary>
    public TimeSpan Budget { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long a method may take to stop once it is told to; after that it is left running and its case errored. Default: 10 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The part to run; null: all of it.</summary>
    public RunShard? Shard { get; init; }

    /// <summary>This plan's part <paramref name="index"/> of <paramref name="count"/>.</summary>
    public RunShard ShardOf(int index, int count) => new(
        index, count, [.. from model in Models from seed in ModelSeeds from disguise in Disguises select RunShard.UnitOf(model, seed, disguise.Label)]);

    /// <summary>Whether a model in a disguise is in the part that is to be run.</summary>
    internal bool Runs(string model, ulong seed, CaseDisguise disguise) => Shard?.Owns(RunShard.UnitOf(model, seed, disguise.Label)) ?? true;

    /// <summary>Hash of all options on which answers and verdicts depend and that are not in the key otherwise; 8 hexadecimal digits.</summary>
    public string OptionsHash() => Hashes.OfText(string.Create(
        CultureInfo.InvariantCulture, $"device={Device};budget={Budget.TotalSeconds}{string.Concat(Bars.Select(bar => $";bar {bar.Model} {bar.Check} {bar.Value:R}"))}"))[..8];
}
