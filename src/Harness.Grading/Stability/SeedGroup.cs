using System.Globalization;
using Harness.Models;

namespace Harness.Grading;

/// <summary>
/// The runs of one method on one model in one disguise at several seeds, put together after the last: how alike the answers are, and for each check with a
/// bar the share of seeds that pass it, judged by its Wilson interval.
/// </summary>
/// <remarks>grading.md, axis 8 and verdicts (STOCHASTIC).</remarks>
internal sealed class SeedGroup
{
    /// <summary>Answers that are compared pair by pair at most, the first ones.</summary>
    private const int MostAnswers = 10;

    /// <summary>Random answers that are compared with each other.</summary>
    private const int NullPairs = 4;

    /// <summary>Multiplications beyond which no random subspaces are drawn.</summary>
    private const double MostWork = 1e9;

    private readonly List<(CaseLine Line, KeptAnswer? Answer)> _seeds = [];

    /// <summary>Adds a seed; an answer of null could not be had, or was too large to be kept.</summary>
    internal void Add(CaseLine line, KeptAnswer? answer) => _seeds.Add((line, answer));

    /// <summary>The values of the group's line.</summary>
    /// <param name="role">Only a method's shares carry verdicts.</param>
    internal IReadOnlyList<CheckValue> Values(MethodRole role)
    {
        var answers = _seeds.Select(seed => seed.Answer).OfType<KeptAnswer>().ToList();
        var isConstant = answers.Count == _seeds.Count && answers.All(answer => answer.IsSame(answers[0]));
        return
        [
            Alike(RecoveryColumn.Directions, answers, AnswerSimilarity.OfDirections), Alike(RecoveryColumn.Components, answers, AnswerSimilarity.OfComponents),
            .. role == MethodRole.Method ? Checks().SelectMany(check => Share(check, isConstant)) : [],
        ];
    }

    private static CheckValue Alike(RecoveryColumn column, IReadOnlyList<KeptAnswer> answers, Func<KeptAnswer, KeptAnswer, double?> similarity)
    {
        var value = new CheckValue($"{StabilityValues.Prefix}{column.ToString().ToLowerInvariant()}") { Direction = CheckDirection.Higher };
        var compared = answers.Take(MostAnswers).ToList();
        int Size(KeptAnswer answer) => column == RecoveryColumn.Directions ? answer.Directions.Count : answer.Components.Count;
        if (compared.Count < 2)
            return value with { Reason = $"{answers.Count} of the seeds gave an answer that could be kept; at least 2 are needed" };
        if (compared.Max(Size) is var most && (long)most * most > AnswerSimilarity.MostPairs)
            return value with { Reason = $"{most} subnetworks are too many to be matched pair by pair" };
        var alike = Pairs(compared.Count).Select(pair => similarity(compared[pair.First], compared[pair.Second])).OfType<double>().ToList();
        return alike.Count == 0
            ? value with { Reason = $"no answer has {column.ToString().ToLowerInvariant()}" }
            : value with { Value = alike.Average(), Oracle = 1, Null = Chance(column, compared, similarity) };
    }

    /// <summary>What random answers of the same shapes have among themselves; null where drawing them costs too much.</summary>
    private static double? Chance(RecoveryColumn column, IReadOnlyList<KeptAnswer> answers, Func<KeptAnswer, KeptAnswer, double?> similarity)
    {
        if (column == RecoveryColumn.Directions
            && answers.Take(2).Sum(answer => answer.Directions.Where(one => one.Rows is not null).Sum(one => (double)one.Dimension * one.Dimension * one.Ambient)) > MostWork)
            return null;
        var random = RandomSource.Named(0, "stability of random answers");
        KeptAnswer Draw(KeptAnswer like) => new(
            [.. column == RecoveryColumn.Directions ? like.Directions.Select(one => one.Random(random)) : []],
            [.. column == RecoveryColumn.Components ? like.Components.Select(one => one.Select(entry => entry == 0 ? 0 : random.NextGaussian()).ToArray()) : []]);
        return Enumerable.Range(0, NullPairs).Select(_ => similarity(Draw(answers[0]), Draw(answers[1]))).OfType<double>().DefaultIfEmpty().Average();
    }

    /// <summary>Every check that has a bar at some seed.</summary>
    private IEnumerable<string> Checks() =>
        _seeds.SelectMany(seed => seed.Line.Values).Where(value => value.Level == CheckLevel.Should && value.Value is not null).Select(value => value.Check).Distinct();

    private IEnumerable<CheckValue> Share(string check, bool isConstant)
    {
        var verdicts = _seeds.Select(seed => seed.Line.Value(check)).ToList();
        // A seed that gave no answer at all did not pass.
        var (passes, trials) = (verdicts.Count(value => value?.Verdict == Verdict.Pass), _seeds.Count);
        var interval = WilsonInterval.Of(passes, trials);
        var skipped = verdicts.FirstOrDefault(value => value?.Verdict == Verdict.Skipped)?.Reason;
        var share = new CheckValue(StabilityValues.CheckName(check)) { Level = CheckLevel.Stochastic, Value = (double)passes / trials, Direction = CheckDirection.Higher };
        yield return skipped is not null ? share with { Value = null, Verdict = Verdict.Skipped, Reason = $"without a bar at some seed: {skipped}" }
            : isConstant ? share with { Verdict = Verdict.Skipped, Reason = $"all {trials} answers are equal: {trials} seeds are one observation, and its own verdict stands" }
            : share with
            {
                Bar = StabilityValues.Bar, Null = 0, Oracle = 1, Verdict = interval.Judge(StabilityValues.Bar),
                Reason = string.Create(CultureInfo.InvariantCulture, $"{passes} of {trials} seeds pass; 95 % interval {interval.Lower:0.000} … {interval.Upper:0.000}"),
            };
        if (skipped is not null || isConstant)
            yield break;
        yield return new CheckValue($"{share.Check}.lower") { Value = interval.Lower };
        yield return new CheckValue($"{share.Check}.upper") { Value = interval.Upper };
        yield return new CheckValue($"{share.Check}.seeds") { Value = trials };
    }

    private static IEnumerable<(int First, int Second)> Pairs(int count) =>
        Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i + 1, count - i - 1).Select(j => (i, j)));
}
