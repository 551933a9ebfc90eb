using System.Collections.Concurrent;
using Harness.Decompositions;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>A model in a disguise with its truth profile, computed once for all tests. Tensors live as long as the process.</summary>
internal sealed record GradingCase(ToyModel Model, TruthProfile Profile)
{
    private static readonly ConcurrentDictionary<(string, ulong), Lazy<GradingCase>> s_plain = new();
    private static readonly ConcurrentDictionary<(string, ulong, string), Lazy<GradingCase>> s_disguised = new();

    /// <summary>The closed-form model of the check values: p = 23, F = {3, 5, 8}, M = 6.</summary>
    public static GradingCase ModularAddition => Of("modular-addition");

    /// <summary>The same construction with p = 7 and all three frequencies, P = 378: as symmetric, and cheap.</summary>
    public static GradingCase Small { get; } = Of(new ModularAdditionSpec(7, 3));

    /// <summary>Three random sets of parameters that do not fill the space, random activities, a shared bias: nothing about it is regular.</summary>
    public static GradingCase Irregular { get; } = Unscoped(() => Profiled(new RandomPlant(new PlantSpec(3, 0, PlantForm.DisjointSets, MapForm.None, 5)).Model));

    /// <summary>Closed-form modular addition of any size; not cached.</summary>
    public static GradingCase Of(ModularAdditionSpec spec) => Unscoped(() => Profiled(ToyModels.ModularAddition.Create(spec, 0)));

    public static GradingCase Of(string id, ulong seed = 0) =>
        s_plain.GetOrAdd((id, seed), key => new(() => Unscoped(() => Profiled(ToyModelCatalog.Create(key.Item1, key.Item2))))).Value;

    public static GradingCase Of(string id, CaseDisguise disguise) => s_disguised.GetOrAdd(
        (id, 0, disguise.Label),
        key => new(() => Unscoped(() => Of(key.Item1) with { Model = disguise.Apply(Of(key.Item1).Model) }))).Value;

    public GradingCase Disguised(DisguiseKind kind, ulong seed = 0) => this with { Model = Disguises.Apply(Model, kind, seed) };

    public IReadOnlyList<ColumnGrade> Grade(Decomposition answer) => RecoveryGrader.Grade(Profile, Model, answer);

    public Decomposition Answer(string miniature, ulong seed = 0) =>
        new MiniatureMethod(MiniatureCatalog.Get(miniature), Model, Profile).Decompose(Model.ToSubject(), MethodContext.Default(seed));

    /// <summary>Recovery of directions of a miniature.</summary>
    public double Directions(string miniature, ulong seed = 0)
    {
        using var scope = NewDisposeScope();
        return Grade(Answer(miniature, seed))[0].Score!.Value;
    }

    /// <summary>Recovery of components of a miniature.</summary>
    public double Components(string miniature, ulong seed = 0)
    {
        using var scope = NewDisposeScope();
        return Grade(Answer(miniature, seed))[1].Score!.Value;
    }

    private static GradingCase Profiled(ToyModel model) => new(model, TruthProfile.Of(model));

    /// <summary>On a thread of its own no dispose scope is open, so the tensors belong to none.</summary>
    private static GradingCase Unscoped(Func<GradingCase> create)
    {
        GradingCase? result = null;
        var thread = new Thread(() => result = create());
        thread.Start();
        thread.Join();
        return result ?? throw new InvalidOperationException("The case could not be built.");
    }
}
