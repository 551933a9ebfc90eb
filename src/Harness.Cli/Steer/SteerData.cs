using Harness.Decompositions;
using Harness.Grading;
using Harness.Methods;
using Harness.Models;

namespace Harness.Cli;

/// <summary>The data sets that a <c>steer</c> command line names, and what of them a method may see.</summary>
/// <param name="Names">Keep, ablate and mixed, as people say them.</param>
/// <param name="Train">To choose by.</param>
/// <param name="Test">To score on.</param>
/// <param name="Known">The one pure set that a method may see; null: both.</param>
/// <param name="Unknown">What stands for the other pure set where one is known: the mixture, or what was estimated from it; null: both are known.</param>
internal sealed record SteerData((string Keep, string Ablate, string Mixed) Names, SteeringSets Train, SteeringSets Test, string? Known, DataSet? Unknown)
{
    private const string MixedName = "mixed";

    /// <summary>Whether the known pure set is the one to keep.</summary>
    public bool KnowsKept => Known == Names.Keep;

    /// <summary>What a method is asked: which pure sets, or which pure set and the mixture.</summary>
    public SteeringTask Task => new(
        Known is null || KnowsKept ? Train.Keep.Name : Unknown!.Name,
        Known is null || !KnowsKept ? Train.Ablate.Name : Unknown!.Name);

    /// <summary>The training sets that a choice may look at: where a pure set is not known, something stands for it.</summary>
    public SteeringSets Seen => Known is null ? Train : new SteeringSets(Find(Task.Keep), Find(Task.Ablate), null);

    /// <summary>The model with those data sets only that the task names.</summary>
    public Subject Subject(Model model) => new(model, [Seen.Keep, Seen.Ablate]);

    private DataSet Find(string name) => new[] { Train.Keep, Train.Ablate, Unknown! }.First(set => set.Name == name);

    /// <summary>Finds the sets by name: <c>NAME</c> itself, or <c>NAME-train</c> to choose by and <c>NAME-test</c> to score on.</summary>
    /// <exception cref="UsageException">A set does not exist, both are the same, a mixed set is needed and missing, or there is nothing to unmix.</exception>
    public static SteerData Of(Subject subject, string keep, string ablate, string? known, bool unmix)
    {
        if (keep == ablate)
            throw new UsageException($"--keep and --ablate are both '{keep}': name two data sets");
        if (known is not null && known != keep && known != ablate)
            throw new UsageException($"--known {known}: expected the name given to --keep ({keep}) or to --ablate ({ablate})");
        DataSet? Find(string name, string split) =>
            subject.DataSets.FirstOrDefault(set => set.Name == name) ?? subject.DataSets.FirstOrDefault(set => set.Name == $"{name}-{split}");
        var names = subject.DataSets.Select(set => set.Name.EndsWith("-train", StringComparison.Ordinal) ? set.Name[..^6] : set.Name)
            .Where(name => !name.EndsWith("-test", StringComparison.Ordinal)).Distinct().ToList();
        DataSet Needed(string name, string split) => Find(name, split) ?? throw new UsageException(NearestName.Unknown("data set", name, names));
        SteeringSets Sets(string split) => new(Needed(keep, split), Needed(ablate, split), Find(MixedName, split));
        if (unmix && known is null)
            throw new UsageException("--unmix goes with --known: where both pure sets are known there is nothing to estimate");
        var (train, test) = (Sets("train"), Sets("test"));
        if (known is not null && train.Mixed is null)
            throw new UsageException($"--known: the model has no data set '{MixedName}' to go with '{known}'; there are {string.Join(", ", names)}");
        var unknown = known is null ? null : unmix ? Unmixing.Of(train.Mixed!, known == keep ? train.Keep : train.Ablate) : train.Mixed;
        return new SteerData((keep, ablate, MixedName), train, test, known, unknown);
    }
}
