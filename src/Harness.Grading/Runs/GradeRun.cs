using System.Diagnostics;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Runs a plan: every method on every model, graded, case by case. Equal plans give equal cases apart from times and memory. Not thread-safe.
/// </summary>
/// <param name="plan">What to grade.</param>
/// <param name="progress">Told before and after every case; null: nobody watches.</param>
public sealed class GradeRun(GradePlan plan, IProgress<GradeProgress>? progress = null)
{
    private readonly CaseRunner _runner = new(plan);
    private int _finished;
    private int _total;

    /// <summary>
    /// Runs plans, one after the other, into a record that has its header already, and appends the footer; after a failure one that says that the
    /// record is not complete. Returns all cases, earlier ones included.
    /// </summary>
    /// <param name="plans">What to grade.</param>
    /// <param name="writer">The record, created or resumed.</param>
    /// <param name="earlier">Cases that the record holds already: one with the same key and θ is not run again.</param>
    /// <param name="progress">Receives fractions 0 … 1; null: nobody watches.</param>
    /// <param name="cancellation">Ends the run between cases, and inside a method that honours it.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static IReadOnlyList<CaseLine> Write(
        IReadOnlyList<GradePlan> plans, RunWriter writer, IReadOnlyList<CaseLine>? earlier = null, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(writer);
        var watch = Stopwatch.StartNew();
        var all = new List<CaseLine>(earlier ?? []);
        void Keep(CaseLine line)
        {
            writer.Append(line);
            all.Add(line);
        }
        var complete = false;
        try
        {
            for (var i = 0; i < plans.Count; i++)
                new GradeRun(plans[i], progress is null ? null : new Fraction(progress, i, plans.Count)).Execute(Keep, earlier, cancellation);
            complete = true;
        }
        finally
        {
            writer.Append(FooterLine.Of(all, complete, watch.Elapsed));
        }
        return all;
    }

    /// <summary>Runs the plan and hands each case to a sink as it is done.</summary>
    /// <param name="sink">Receives the cases.</param>
    /// <param name="earlier">Cases of an earlier part: one with the same key and θ is neither run nor handed out again.</param>
    /// <param name="cancellation">Ends the run between cases, and inside a method that honours it.</param>
    /// <exception cref="ArgumentException">A model id is unknown, or recovery is not defined on a model that plants several subnetworks.</exception>
    /// <exception cref="InvalidDataException">The plan sets a bar that a null clears, or that the truth misses.</exception>
    public void Execute(Action<CaseLine> sink, IReadOnlyList<CaseLine>? earlier = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var done = (earlier ?? []).DistinctBy(line => (line.Key, line.ThetaHash)).ToDictionary(line => (line.Key, line.ThetaHash));
        SuiteBars.Check(plan);
        _finished = 0;
        _total = (from id in plan.Models from seed in plan.ModelSeeds select Planned(id, seed)).Sum();
        foreach (var id in plan.Models)
            foreach (var seed in plan.ModelSeeds.Where(seed => Planned(id, seed) > 0))
            {
                using var scope = NewDisposeScope();
                RunModel(ToyModelCatalog.Create(id, seed), sink, done, cancellation);
            }
        progress?.Report(new GradeProgress(_finished, _total, null, null));
    }

    /// <summary>Cases of a model, as far as they can be known before it is built.</summary>
    private int Planned(string id, ulong seed) =>
        plan.Disguises.Count(choice => plan.Runs(id, seed, choice)) * plan.Methods.Sum(CasesOf)
        + (plan.Runs(id, seed, CaseDisguise.None) ? plan.Methods.Count(IsAsked) : 0);

    private void RunModel(ToyModel model, Action<CaseLine> sink, Dictionary<(CaseKey Key, string ThetaHash), CaseLine> done, CancellationToken cancellation)
    {
        using var profile = TruthProfile.Of(model);
        var families = new FamilyScores(profile, model);
        foreach (var choice in plan.Disguises.Where(choice => plan.Runs(model.Id, model.Seed, choice)))
        {
            if (!choice.AppliesTo(model))
            {
                _total -= plan.Methods.Sum(CasesOf);
                continue;
            }
            using var scope = NewDisposeScope();
            var seen = choice.Apply(model);
            using var control = ControlDesk.For(profile, seen);
            var desk = new GradingDesk(profile, seen, seen.Disguise is null ? families : new FamilyScores(profile, seen, families), plan.Bars, control);
            var thetaHash = Hashes.OfVector(seen.Model.Parameters);
            foreach (var method in plan.Methods)
                RunMethod(method, seen, choice, profile, desk, thetaHash, sink, done, cancellation);
        }
        foreach (var method in plan.Methods.Where(method => IsAsked(method) && plan.Runs(model.Id, model.Seed, CaseDisguise.None)))
            Question(method, model, profile, sink, done, cancellation);
    }

    private void RunMethod(
        GradedMethod graded, ToyModel model, CaseDisguise choice, TruthProfile profile, GradingDesk desk, string thetaHash, Action<CaseLine> sink,
        Dictionary<(CaseKey Key, string ThetaHash), CaseLine> done, CancellationToken cancellation)
    {
        var method = graded.Create(model, profile);
        if (method is null)
        {
            _total -= CasesOf(graded);
            return;
        }
        var groupKey = _runner.KeyOfSeeds(model, choice, graded);
        var group = HasGroup(graded) && !done.ContainsKey((groupKey, thetaHash)) ? new SeedGroup() : null;
        foreach (var seed in SeedsOf(graded))
        {
            cancellation.ThrowIfCancellationRequested();
            var key = _runner.KeyOf(model, choice, graded, seed);
            CaseLine? line = null;
            var isDone = done.TryGetValue((key, thetaHash), out var before);
            // An earlier case has its numbers in the record and its answer nowhere: the answer is made again where it is to be compared.
            if (!isDone || group is not null)
            {
                progress?.Report(new GradeProgress(_finished, _total, key, null));
                var (ran, answer) = _runner.Run(
                    key, thetaHash, model, desk, graded, method ?? graded.Create(model, profile)!, group is null ? null : profile.DecomposedMask, cancellation);
                method = null;
                group?.Add(before ?? ran, answer);
                if (!isDone)
                    sink(line = ran);
            }
            _finished++;
            progress?.Report(new GradeProgress(_finished, _total, null, line));
        }
        if (HasGroup(graded))
            Finish(group is null ? null : () => _runner.Over(group, groupKey, thetaHash, graded), groupKey, sink);
    }

    private void Question(
        GradedMethod graded, ToyModel model, TruthProfile profile, Action<CaseLine> sink, Dictionary<(CaseKey Key, string ThetaHash), CaseLine> done,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (graded.Create(model, profile) is not { } method)
        {
            _total--;
            return;
        }
        using var scope = NewDisposeScope();
        var (key, thetaHash) = (_runner.KeyOfQuestions(model, graded), Hashes.OfVector(model.Model.Parameters));
        Finish(done.ContainsKey((key, thetaHash)) ? null : () => _runner.Question(key, thetaHash, model, graded, method, cancellation), key, sink);
    }

    /// <summary>One line more; none where it is in the record already.</summary>
    private void Finish(Func<CaseLine>? make, CaseKey key, Action<CaseLine> sink)
    {
        CaseLine? line = null;
        if (make is not null)
        {
            progress?.Report(new GradeProgress(_finished, _total, key, null));
            sink(line = make());
        }
        _finished++;
        progress?.Report(new GradeProgress(_finished, _total, null, line));
    }

    private IReadOnlyList<ulong> SeedsOf(GradedMethod method) => method.Role is MethodRole.Method or MethodRole.Baseline ? plan.Seeds : [plan.Seeds[0]];

    /// <summary>Whether a method has a line over its seeds after the last of them.</summary>
    private bool HasGroup(GradedMethod method) => SeedsOf(method).Count > 1;

    private bool IsAsked(GradedMethod method) => plan.Equivariance && !method.IsFixed && method.Role is (MethodRole.Method or MethodRole.Baseline);

    private int CasesOf(GradedMethod method) => SeedsOf(method).Count + (HasGroup(method) ? 1 : 0);

    /// <summary>One of several equal shares of the whole.</summary>
    private sealed class Fraction(IProgress<double> whole, int share, int shares) : IProgress<GradeProgress>
    {
        public void Report(GradeProgress value) =>
            whole.Report((share + (value.Total == 0 ? 1 : (double)value.Finished / value.Total)) / shares);
    }
}
